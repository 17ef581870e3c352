"""
Caches pages that are the same for all readers, in the memory of each server process.

A cached page is sent again until the first of these happens:

- the database has a new cache generation (`cinemaclips.cache_generation`), because a row was changed that
  a public page may show;
- a clock boundary is reached, at which a page changes though nobody writes: a piece is published, the
  rights to a photo end, midnight;
- one minute has passed. So what changes no generation, such as a file, appears a minute late at most.

Only GET requests without a session cookie and without an Authorization header use the cache. A response is
not cached if its Cache-Control says `private`, `no-store` or `no-cache`, or if it varies by cookie. Where a
view has read a cookie, `cinemaclips.personal_responses` sets these headers; a view can set them itself, as
the forms with a stamp do.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from cinemaclips.cache_generation import Generation, current_generation
from cinemaclips.database_outage import is_outage, pause
from cinemaclips.saved_pages import note_withdrawals
from magazine.sections import clock_boundaries

MAX_AGE = timedelta(minutes=1)
MAX_BYTES = 100_000  # bytes, as sent
# Found in Cache-Control or Vary, it means that the response is for one reader only.
PERSONAL = re.compile(r"private|no-store|no-cache|cookie|\*", re.I)
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


class CachedPage(NamedTuple):
    """A response, the cache generation in which it was rendered, and the time at which it expires."""

    generation: int
    expires_at: datetime
    headers: dict
    content: bytes


class PageCacheMiddleware:
    """
    Send the cached page if it is still good; otherwise call the view and cache its response, if it may be.

    The cache generation costs one query for each request; caching a page costs one more.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if settings.SAVED_PAGES and not pause.lets_pass():
            request.is_without_database = True  # type: ignore[attr-defined]
            return self.get_response(request)
        generation = None
        if settings.PAGE_CACHE and _is_anonymous(request):
            generation = _read_generation(request)
        if generation is None:
            return self.get_response(request)
        key, now = _cache_key(request), timezone.now()
        cached = cache.get(key)
        if cached and cached.generation == generation.number and now < cached.expires_at:
            return _respond_from_cache(cached, request)
        response = self.get_response(request)
        if is_cacheable(response):
            expires_at = next_change_at(now)
            cached = CachedPage(generation.number, expires_at, dict(response.headers), response.content)
            cache.set(key, cached, MAX_AGE.seconds)
        return response


def _read_generation(request: HttpRequest) -> Generation | None:
    """
    The current generation, noted on the request and, as far as it withdraws pages, for all processes.

    None in an outage of the database; the request then says so to `SavedPageMiddleware`.
    """
    try:
        generation = current_generation()
    except DatabaseError as error:
        if not is_outage(error):
            raise
        request.is_without_database = True  # type: ignore[attr-defined]
        return None
    pause.end()
    request.generation = generation  # type: ignore[attr-defined]
    if settings.SAVED_PAGES:
        note_withdrawals(generation.withdrawals)
    return generation


def next_change_at(now: datetime) -> datetime:
    """The first clock boundary after `now`, or one minute after `now` if that is earlier; one query."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    candidates = [now + MAX_AGE, midnight]
    queries = [
        f"SELECT min({column}) FROM {model._meta.db_table} WHERE {column} > %(now)s"  # noqa: S608 - our own names
        for model, column in clock_boundaries()
    ]
    with connection.cursor() as cursor:
        params = {"now": connection.ops.adapt_datetimefield_value(now)}
        cursor.execute(" UNION ALL ".join(queries), params)
        candidates += [_as_datetime(value) for (value,) in cursor.fetchall() if value]
    return min(candidates)


def _respond_from_cache(cached: CachedPage, request: HttpRequest) -> HttpResponse:
    """The cached page, or a 304 if the request's conditional headers say that the browser has it."""
    response = HttpResponse(cached.content, headers=cached.headers)
    conditional = get_conditional_response(
        request,
        etag=cached.headers.get("ETag"),
        last_modified=parse_http_date_safe(cached.headers.get("Last-Modified", "")),
        response=response,
    )
    return cast(HttpResponse, conditional)  # None only where no response was given


def _as_datetime(value: str | datetime) -> datetime:
    """A time as the cursor returned it; SQLite returns text, in UTC."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _is_anonymous(request: HttpRequest) -> bool:
    has_login = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return request.method == "GET" and not has_login


def _cache_key(request: HttpRequest) -> str:
    """The key of this page: a hash of the host, the full path, and whether the browser accepts gzip."""
    wants_gzip = bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))
    parts = repr((request.get_host(), request.get_full_path(), wants_gzip))
    return hashlib.sha256(parts.encode()).hexdigest()


def is_cacheable(response: HttpResponse) -> bool:
    """Whether all readers get this response alike, and it is small enough to be kept."""
    directives = f"{response.headers.get('Cache-Control', '')} {response.headers.get('Vary', '')}"
    # Images are left out: they are files already, and would fill the memory. A 304 has no Content-Type.
    is_picture = response.headers.get("Content-Type", "").startswith("image/")
    is_complete = response.status_code == 200 and not response.streaming and not response.cookies
    return (
        is_complete
        and not is_picture
        and not PERSONAL.search(directives)
        and len(response.content) <= MAX_BYTES
    )
