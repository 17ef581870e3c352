"""
Rate limits: counts the hits of each visitor in each scope and window of time.

Visitors are stored as a keyed hash, which is different in every scope and window. So a visitor cannot be
followed from one window to the next.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fans.models import RateLimitCounter

COUNT_HIT = """
INSERT INTO fans_ratelimitcounter (scope, visitor_pseudonym, window_start, hits) VALUES (%s, %s, %s, 1)
ON CONFLICT (scope, visitor_pseudonym, window_start) DO UPDATE SET hits = fans_ratelimitcounter.hits + 1
RETURNING hits
"""


def record_hit(scope: str, visitor: str, window: timedelta) -> int:
    """
    Count one hit of `visitor` in `scope`. Returns the number of hits in the current window, with this one.

    `visitor` is any text that identifies the visitor, such as `client_network(request)`. The caller compares
    the number with its limit. Windows begin at multiples of `window` since 1970.
    """
    seconds = int(window.total_seconds())
    window_start = datetime.fromtimestamp(int(timezone.now().timestamp()) // seconds * seconds, UTC)
    pseudonym = salted_hmac(
        "fans.limits", f"{scope} {window_start} {visitor}", algorithm="sha256"
    ).hexdigest()
    with connection.cursor() as cursor:
        start = connection.ops.adapt_datetimefield_value(window_start)
        cursor.execute(COUNT_HIT, [scope, pseudonym, start])
        return cursor.fetchone()[0]


def purge_rate_limit_counters() -> None:
    """Delete the counters of windows that began more than a day ago."""
    RateLimitCounter.objects.filter(window_start__lt=timezone.now() - timedelta(days=1)).delete()
