"""What every page prints above its own content."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cinemaclips.subjects import rooms
from magazine.share_cards import SectionPage, share_card_for


def masthead(request):
    """The nav with the current room marked, the site's address, and today in the site's zone."""
    return {
        "nav": [
            {"title": title, "url": url, "current": _is_in(request.path, url)} for title, url in _entries()
        ],
        "site_url": settings.SITE_URL,
        "today": timezone.localdate(),
        "room_feed": _feed_of(request.path),
        "room_card": share_card_for(SectionPage(request.path.partition("/")[2].partition("/")[0])),
        "page_url": _page_url(request),
    }


@cache
def _entries():
    """The nav as (title, address) pairs: looked up once, since every page prints it twice."""
    return [(title, reverse(view)) for title, view in settings.NAV]


def _page_url(request):
    """The one address of this page: without what only filters it."""
    page = request.GET.get("page", "")
    return settings.SITE_URL + request.path + (f"?page={page}" if page.isascii() and page.isdigit() else "")


def _feed_of(path):
    """The feed of the room that `path` is in, as (title, section), or None."""
    return next(((title, section) for section, title in rooms() if path.startswith(f"/{section}/")), None)


def _is_in(path, room):
    return path == room if room == "/" else path.startswith(room)
