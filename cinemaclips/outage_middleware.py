"""Saves public pages as they are rendered, and answers at once while the database is left alone."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cinemaclips.cache_generation import current_generation
from cinemaclips.database_outage import respond_to_outage
from cinemaclips.page_cache import is_cacheable
from cinemaclips.saved_pages import note_withdrawals, save_page

SAVED_TYPES = ("text/html", "application/rss+xml", "application/atom+xml", "application/feed+json")


class SavedPageMiddleware:
    """
    Save each page that all readers get alike, and note withdrawals after whatever may have made one.

    It stands inside the middleware that compresses and that adds headers. `PageCacheMiddleware` has put
    the generation of the request on it, or has found that the database cannot be asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.SAVED_PAGES:
            return self.get_response(request)
        if getattr(request, "is_without_database", False):
            return respond_to_outage(request)
        response = self.get_response(request)
        generation = getattr(request, "generation", None)
        if request.method == "POST":
            _note_withdrawals_now()
        elif generation and isinstance(response, HttpResponse) and _is_saved(response):
            save_page(request, response, generation.withdrawals)
        return response


def _is_saved(response: HttpResponse) -> bool:
    return is_cacheable(response) and response.headers.get("Content-Type", "").startswith(SAVED_TYPES)


def _note_withdrawals_now() -> None:
    """Note what the request may have withdrawn; its answer goes out even if the database has just failed."""
    with suppress(DatabaseError):
        note_withdrawals(current_generation().withdrawals)
