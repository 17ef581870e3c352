"""The context processor for the header of every page."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from magazine.sections import nav_sections, piece_sections
from magazine.share_cards import SectionPage, share_card_for


def site_context(request: HttpRequest) -> dict[str, Any]:
    """The nav with the current section marked, the site's URL, and today's date in the site's zone."""
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
def _nav_links() -> list[tuple[str, str]]:
    """The nav as (label, url) pairs. Cached per process, since every page prints it twice."""
    labels = [("Home", "home"), *((each.nav_label, each.first_page) for each in nav_sections())]
    return [(label, reverse(view)) for label, view in labels]


def _page_url(request: HttpRequest) -> str:
    """The canonical URL of this page; of the query string only the page number is kept."""
    page = request.GET.get("page", "")
    return settings.SITE_URL + request.path + (f"?page={page}" if page.isascii() and page.isdigit() else "")


def _section_feed(path: str) -> tuple[str, str] | None:
    """The feed of the section that `path` is in, as (label, app label), or None."""
    section = next((each for each in piece_sections() if path.startswith(f"/{each.app_label}/")), None)
    return (section.nav_label, section.app_label) if section else None


def _is_in(path: str, section_url: str) -> bool:
    return path == section_url if section_url == "/" else path.startswith(section_url)
