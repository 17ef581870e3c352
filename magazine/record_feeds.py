"""Feeds of records that are no pieces: each item is a line of text with a date."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed, SyndicationFeed

FEED_LENGTH = 20


class FeedRequest(NamedTuple):
    """Which feed was asked for: its own URL, and the variant of it, "" where it has none."""

    url: str
    variant: str = ""


class RecordFeed(Feed):
    """
    The base of a section's feed of records. The project serves each as RSS and as Atom:

    /feeds/<name>/rss.xml as `<name>_feed`, /feeds/<name>/atom.xml as `<name>_atom`. A feed with
    `variants` has one pair per variant, /feeds/<name>/<variant>/rss.xml.
    """

    name: str
    """The word in the URL."""
    label: str
    """What the page of feeds calls it."""
    page: str
    """The name of the view of the page that the feed follows."""
    position: int = 100
    """The place on the page of feeds: lower numbers come first."""
    description: str
    variants: Mapping[str, str] = {}
    """Variant in the URL → its words on the page of feeds."""

    author_name = "cinemaCLIPS"
    item_guid_is_permalink = False

    def __init__(self, feed_type: type[SyndicationFeed] = Rss201rev2Feed) -> None:
        self.feed_type = feed_type

    def get_object(self, request: HttpRequest, variant: str = "") -> FeedRequest:
        if self.variants and variant not in self.variants:
            raise Http404
        return FeedRequest(settings.SITE_URL + request.path, variant)

    def feed_url(self, feed: FeedRequest) -> str:
        return feed.url

    def link(self, feed: FeedRequest) -> str:
        return settings.SITE_URL + reverse(self.page)

    def subtitle(self, feed: FeedRequest) -> str:
        """Atom's word for the description."""
        return self.description

    def items(self, feed: FeedRequest) -> Iterable[Any]:
        """The newest records."""
        raise NotImplementedError

    def item_date(self, item: Any) -> datetime:
        """When the record was made public or last changed."""
        raise NotImplementedError

    def item_pubdate(self, item: Any) -> datetime:
        return self.item_date(item)

    def item_updateddate(self, item: Any) -> datetime:
        return self.item_date(item)
