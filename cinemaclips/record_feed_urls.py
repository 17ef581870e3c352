"""The URLs of the record feeds that sections declare, and their lines on the page of feeds."""

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from django.urls import URLPattern, path, reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from magazine.record_feeds import RecordFeed
from magazine.sections import sections


class FeedLink(NamedTuple):
    """One line on the page of feeds."""

    label: str
    rss: str
    atom: str


def record_feeds() -> list[type[RecordFeed]]:
    """Every declared record feed, in the order of the page of feeds."""
    declared = [feed for section in sections() for feed in section.record_feeds]
    return sorted(declared, key=attrgetter("position"))


def record_feed_urls() -> Iterator[URLPattern]:
    """An RSS and an Atom URL for each feed."""
    for feed in record_feeds():
        prefix = f"feeds/{feed.name}/<slug:variant>/" if feed.variants else f"feeds/{feed.name}/"
        yield path(f"{prefix}rss.xml", feed(Rss201rev2Feed), name=f"{feed.name}_feed")
        yield path(f"{prefix}atom.xml", feed(Atom1Feed), name=f"{feed.name}_atom")


def feed_links() -> list[list[FeedLink]]:
    """The lines of each record feed on the page of feeds: one, or one per variant."""
    return [
        [
            _feed_link(feed.name, f"{feed.label}: {words}", [variant])
            for variant, words in feed.variants.items()
        ]
        or [_feed_link(feed.name, feed.label, [])]
        for feed in record_feeds()
    ]


def _feed_link(name: str, label: str, args: list[str]) -> FeedLink:
    return FeedLink(label, reverse(f"{name}_feed", args=args), reverse(f"{name}_atom", args=args))
