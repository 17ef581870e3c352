"""The feed of the contests' audit log."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from contest.models import AuditEvent
from magazine.record_feeds import FEED_LENGTH, FeedRequest, RecordFeed


class DrawFeed(RecordFeed):
    """The audit events of published contests, newest first: rules, frozen lists, draws."""

    name, label, position = "draws", "Draws of contests, act by act", 30
    title = "cinemaCLIPS: draws"
    description = "Rules, sealed lists and draws of our contests, as they are put on record."
    page = "contest:list"

    def items(self, feed: FeedRequest) -> Iterable[AuditEvent]:
        return AuditEvent.objects.of_published_contests().newest_first()[:FEED_LENGTH]

    def item_title(self, item: AuditEvent) -> str:
        return f"{item.contest.title}: {item.get_kind_display()}"

    def item_description(self, item: AuditEvent) -> str:
        return f"{item.line} {item.chain_hash}"

    def item_link(self, item: AuditEvent) -> str:
        return settings.SITE_URL + item.contest.page_urls["proof"]

    def item_guid(self, item: AuditEvent) -> str:
        return f"{settings.SITE_URL}/contest/acts/{item.chain_hash}"

    def item_date(self, item: AuditEvent) -> datetime:
        return item.occurred_at
