"""What every page prints above its own content."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cinemaclips.feed_subjects import nav_sections
from magazine.share_cards import SectionPage, share_card_for


def site_context(request):
    """The nav with the current section marked, the site's address, and today in the site's zone."""
    return {
        "nav": [
            {"title": title, "url": url, "current": _is_in(request.path, url)} for title, url in _nav_links()
        ],
        "site_url": settings.SITE_URL,
        "today": timezone.localdate(),
        "section_feed": _section_feed(request.path),
        "section_card": share_card_for(SectionPage(request.path.partition("/")[2].partition("/")[0])),
        "page_url": _page_url(request),
    }


@cache
def _nav_links():
    """The nav as (title, url) pairs: looked up once, since every page prints it twice."""
    return [(title, reverse(view)) for title, view in settings.NAV]


def _page_url(request):
    """The one address of this page: without what only filters it."""
    page = request.GET.get("page", "")
    return settings.SITE_URL + request.path + (f"?page={page}" if page.isascii() and page.isdigit() else "")


def _section_feed(path):
    """The feed of the section that `path` is in, as (title, section), or None."""
    return next(
        ((title, section) for section, title in nav_sections() if path.startswith(f"/{section}/")), None
    )


def _is_in(path, section_url):
    return path == section_url if section_url == "/" else path.startswith(section_url)
