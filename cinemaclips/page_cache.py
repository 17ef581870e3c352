"""
The page cache: a page that is the same for all readers is made once a printing.

Kept pages live in the memory of the process that made them. One is good while the database's
printing (`cinemaclips.printings`) is the one that it was made from, until the next moment at which
the clock itself changes a page (a piece goes out, a picture's rights end), and for a minute at
most: that much later a page may learn of what never calls for a printing.

Whoever is signed in never meets a kept page. A view keeps its pages out by saying so to every
cache: `never_cache` on a form with a stamp, `private` or `Vary: Cookie` on what a cookie changes.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from about.models import Airing
from cinemaclips import printings
from contest.models import Contest
from magazine.models import Article, Pin
from photos.models import Photo
from reelrequests.models import Round

LONGEST = timedelta(minutes=1)
BIGGEST = 100_000  # bytes, as sent
# What makes an answer one reader's own, in its Cache-Control or Vary.
OWN = re.compile(r"private|no-store|no-cache|cookie|\*", re.I)
GZIP = re.compile(r"\bgzip\b")
# Moments at which a page changes though nobody writes anything. What goes by the day changes at midnight.
MOMENTS = [
    (Article, "published_at"),
    (Airing, "starts_at"),
    (Airing, "ends_at"),
    (Photo, "usable_from"),
    (Photo, "usable_until"),
    (Pin, "until"),
    (Contest, "opens_at"),
    (Contest, "closes_at"),
    (Round, "opens_at"),
    (Round, "closes_at"),
]


class Kept(NamedTuple):
    """A page as it was sent, the printing it was made from, and how long it is good."""

    printing: int
    until: datetime
    headers: dict
    content: bytes


class PageCacheMiddleware:
    """Answer from the page cache for one query; making a page takes one more, and it is kept if it may be."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (settings.PAGE_CACHE and _asks_as_anyone(request)):
            return self.get_response(request)
        place, now, printing = _place(request), timezone.now(), printings.number()
        kept = cache.get(place)
        if kept and kept.printing == printing and now < kept.until:
            return _again(kept, request)
        response = self.get_response(request)
        if _is_for_anyone(response):
            kept = Kept(printing, next_moment(now), dict(response.headers), response.content)
            cache.set(place, kept, LONGEST.seconds)
        return response


def next_moment(now):
    """When, after `now`, the clock next changes a page: a minute from now at the latest."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    moments = [now + LONGEST, midnight]
    questions = [
        f"SELECT min({name}) FROM {model._meta.db_table} WHERE {name} > %(now)s"  # noqa: S608 - our own names
        for model, name in MOMENTS
    ]
    with connection.cursor() as cursor:
        asked = {"now": connection.ops.adapt_datetimefield_value(now)}
        cursor.execute(" UNION ALL ".join(questions), asked)
        moments += [_moment(found) for (found,) in cursor.fetchall() if found]
    return min(moments)


def _again(kept, request):
    """The kept page once more; if the reader's browser has it already, only the word that it has."""
    response = HttpResponse(kept.content, headers=kept.headers)
    return get_conditional_response(
        request,
        etag=kept.headers.get("ETag"),
        last_modified=parse_http_date_safe(kept.headers.get("Last-Modified", "")),
        response=response,
    )


def _moment(found):
    """SQLite keeps a moment as text, in UTC."""
    return found if isinstance(found, datetime) else datetime.fromisoformat(found).replace(tzinfo=UTC)


def _asks_as_anyone(request):
    own = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return request.method == "GET" and not own


def _place(request):
    """Where this page lies: one place for each of what the answer may depend on."""
    squeezed = bool(GZIP.search(request.headers.get("Accept-Encoding", "")))
    asked = repr((request.get_host(), request.get_full_path(), squeezed))
    return hashlib.sha256(asked.encode()).hexdigest()


def _is_for_anyone(response):
    said = f"{response.headers.get('Cache-Control', '')} {response.headers.get('Vary', '')}"
    # A 304 has no type; pictures have folders of their own.
    is_picture = response.headers.get("Content-Type", "").startswith("image/")
    whole = response.status_code == 200 and not response.streaming and not response.cookies
    return whole and not is_picture and not OWN.search(said) and len(response.content) <= BIGGEST
