"""The feed of facts."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from magazine.record_feeds import FEED_LENGTH, FeedRequest, RecordFeed
from trivia.models import Fact


class FactFeed(RecordFeed):
    """The newest facts without spoilers."""

    name, label, position = "facts", "Did you know?", 10
    title = "cinemaCLIPS: did you know?"
    description = "Facts on films and their makers, each with its source."
    page = "trivia:list"

    def items(self, feed: FeedRequest) -> Iterable[Fact]:
        return Fact.objects.published().without_spoilers().newest_first().with_subjects()[:FEED_LENGTH]

    def item_title(self, item: Fact) -> str:
        return ", ".join(str(subject) for subject in (item.film, item.person) if subject)

    def item_description(self, item: Fact) -> str:
        return f"{item.text} ({item.source})"

    def item_link(self, item: Fact) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: Fact) -> str:
        return f"{settings.SITE_URL}/trivia/facts/{item.pk}"

    def item_date(self, item: Fact) -> datetime:
        return item.published_at
