"""
Rate limits: hits are counted in one table, by a keyed hash of the visitor's network.

The hash changes with every window, so nobody can follow a visitor from one window to the next.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
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


def client_network(request: HttpRequest) -> str:
    """
    The network a request comes from: an IPv4 address, or the /64 of an IPv6 address.

    Behind proxies it is read from X-Forwarded-For, counted from the right: what stands further left
    than our own proxies is only what a visitor claims.
    """
    trusted = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    claimed = hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        ip = ip_address(claimed)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def purge_rate_limit_counters() -> None:
    """Delete the counters of windows that began more than a day ago."""
    RateLimitCounter.objects.filter(window_start__lt=timezone.now() - timedelta(days=1)).delete()
