"""
The page cache: a page that is the same for all readers is made once per cache generation.

Cached pages live in the memory of the process that made them. One is good while the database's
generation (`cinemaclips.cache_generation`) is the one that it was made from, until the next moment at which
the clock itself changes a page (a piece goes out, a picture's rights end), and for a minute at
most: that much later a page may learn of what never changes the generation.

Whoever is signed in never meets a cached page. A response that a cookie changed is private by itself
(`cinemaclips.personal_responses`) and is never cached. A view keeps other pages out by saying so to
every cache: `never_cache` or `private` on a form with a stamp.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from cinemaclips.cache_generation import current_generation
from magazine.sections import clock_boundaries

MAX_AGE = timedelta(minutes=1)
MAX_BYTES = 100_000  # bytes, as sent
# What makes an answer one reader's own, in its Cache-Control or Vary.
PERSONAL = re.compile(r"private|no-store|no-cache|cookie|\*", re.I)
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


class CachedPage(NamedTuple):
    """A page as it was sent, the generation it was made from, and how long it is good."""

    generation: int
    expires_at: datetime
    headers: dict
    content: bytes


class PageCacheMiddleware:
    """Answer from the page cache for one query; making a page takes one more, and it is cached if allowed."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if not (settings.PAGE_CACHE and _is_anonymous(request)):
            return self.get_response(request)
        key, now, generation = _cache_key(request), timezone.now(), current_generation()
        cached = cache.get(key)
        if cached and cached.generation == generation and now < cached.expires_at:
            return _respond_from_cache(cached, request)
        response = self.get_response(request)
        if _is_cacheable(response):
            cached = CachedPage(generation, next_change_at(now), dict(response.headers), response.content)
            cache.set(key, cached, MAX_AGE.seconds)
        return response


def next_change_at(now: datetime) -> datetime:
    """When, after `now`, the clock next changes a page: a minute from now at the latest."""
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
    """The cached page once more; if the reader's browser has it already, only the word that it has."""
    response = HttpResponse(cached.content, headers=cached.headers)
    conditional = get_conditional_response(
        request,
        etag=cached.headers.get("ETag"),
        last_modified=parse_http_date_safe(cached.headers.get("Last-Modified", "")),
        response=response,
    )
    return cast(HttpResponse, conditional)  # None only where no response was given


def _as_datetime(value: str | datetime) -> datetime:
    """SQLite keeps a moment as text, in UTC."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _is_anonymous(request: HttpRequest) -> bool:
    has_login = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return request.method == "GET" and not has_login


def _cache_key(request: HttpRequest) -> str:
    """Where this page lies: one key for each of what the answer may depend on."""
    wants_gzip = bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))
    parts = repr((request.get_host(), request.get_full_path(), wants_gzip))
    return hashlib.sha256(parts.encode()).hexdigest()


def _is_cacheable(response: HttpResponse) -> bool:
    directives = f"{response.headers.get('Cache-Control', '')} {response.headers.get('Vary', '')}"
    # A 304 has no type; pictures have folders of their own.
    is_picture = response.headers.get("Content-Type", "").startswith("image/")
    is_complete = response.status_code == 200 and not response.streaming and not response.cookies
    return (
        is_complete
        and not is_picture
        and not PERSONAL.search(directives)
        and len(response.content) <= MAX_BYTES
    )
