"""The feed of the directory of links."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from links.models import Link
from magazine.record_feeds import FEED_LENGTH, FeedRequest, RecordFeed


class LinkFeed(RecordFeed):
    """The newest links of the directory."""

    name, label, position = "links", "Links", 50
    title = "cinemaCLIPS: links"
    description = "New in the directory, and why it is worth a visit."
    page = "links:list"

    def items(self, feed: FeedRequest) -> Iterable[Link]:
        return Link.objects.listed().order_by("-added_at", "-pk")[:FEED_LENGTH]

    def item_title(self, item: Link) -> str:
        return item.title

    def item_description(self, item: Link) -> str:
        return item.note

    def item_link(self, item: Link) -> str:
        return item.url

    def item_guid(self, item: Link) -> str:
        return f"{settings.SITE_URL}/links/{item.pk}"

    def item_date(self, item: Link) -> datetime:
        return item.added_at
