"""The feed of corrections."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from magazine.models import Article, Correction
from magazine.record_feeds import FEED_LENGTH, FeedRequest, RecordFeed


class CorrectionFeed(RecordFeed):
    """Corrections of published pieces, newest first."""

    name, label, position = "corrections", "Corrections", 20
    title = "cinemaCLIPS: corrections"
    description = "What we printed and put right."
    page = "about:corrections"

    def items(self, feed: FeedRequest) -> Iterable[Correction]:
        return Correction.objects.for_pieces(Article.objects.published())[:FEED_LENGTH]

    def item_title(self, item: Correction) -> str:
        return f"{item.get_kind_display()}: {item.article.title}"

    def item_description(self, item: Correction) -> str:
        before, after = item.before, item.after
        changed = f"“{before}” is now “{after}”." if before else after
        return " ".join(filter(None, [changed, item.note]))

    def item_link(self, item: Correction) -> str:
        return settings.SITE_URL + item.article.get_absolute_url()

    def item_guid(self, item: Correction) -> str:
        return f"{settings.SITE_URL}/corrections/{item.pk}"

    def item_date(self, item: Correction) -> datetime:
        return item.corrected_datetime
