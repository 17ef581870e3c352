"""The feeds of requests, one for each public status."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from magazine.record_feeds import FEED_LENGTH, FeedRequest, RecordFeed
from reelrequests.models import ReelRequest
from reelrequests.models.requests import Status


class RequestFeed(RecordFeed):
    """The requests with one status, the latest change first."""

    name, label, position = "requests", "Reel requests", 40
    description = "What readers have asked for, and what became of it."
    page = "reelrequests:list"
    variants = {str(status.value): str(status.label).lower() for status in Status}

    def title(self, feed: FeedRequest) -> str:
        return f"cinemaCLIPS: reel requests, {self.variants[feed.variant]}"

    def link(self, feed: FeedRequest) -> str:
        return f"{settings.SITE_URL}{reverse(self.page)}?status={feed.variant}"

    def items(self, feed: FeedRequest) -> Iterable[ReelRequest]:
        return ReelRequest.objects.shown().latest_with_status(feed.variant).for_rows()[:FEED_LENGTH]

    def item_title(self, item: ReelRequest) -> str:
        return item.title

    def item_description(self, item: ReelRequest) -> str:
        return " ".join(filter(None, [f"Wanted by {item.vote_count}.", item.why, item.reason]))

    def item_link(self, item: ReelRequest) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: ReelRequest) -> str:
        return f"{self.item_link(item)}#{item.public_status}"

    def item_date(self, item: ReelRequest) -> datetime:
        return item.answered_at if item.is_answered else item.status_changed_at
