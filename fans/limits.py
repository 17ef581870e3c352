"""
Rate limits: counts the hits of each visitor in each scope and window of time.

Visitors are stored as a keyed hash, which is different in every scope and window. So a visitor cannot be
followed from one window to the next.
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


def client_network(request: HttpRequest) -> str:
    """
    The network that a request comes from: an IPv4 address, or the /64 network of an IPv6 address.

    Behind proxies it is the entry of X-Forwarded-For that our outermost proxy has added, the
    `TRUSTED_PROXIES`-th from the right. Entries to its left come from the visitor and may be forged.
    Returns "unknown" if there is no valid address.
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
