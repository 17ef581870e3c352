"""
Rate limits: hits are counted in one table, by a keyed hash of the visitor's network.

The hash changes with every window, so nobody can follow a visitor from one window to the next.
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
    """Count one hit of `visitor` (any text) in `scope`; returns the hits in the current window so far."""
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
