"""
How often a stranger may do something: counted in one table, by a keyed hash of the address.

The hash changes with every window, so a tally cannot be followed from one to the next.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fans.models import Tally

COUNT = """
INSERT INTO fans_tally (door, visitor, "window", knocks) VALUES (%s, %s, %s, 1)
ON CONFLICT (door, visitor, "window") DO UPDATE SET knocks = fans_tally.knocks + 1
RETURNING knocks
"""


def knock(door, who, every):
    """Count one knock of `who` (any text) at `door`; how many there are in this window of length `every`."""
    seconds = int(every.total_seconds())
    began = datetime.fromtimestamp(int(timezone.now().timestamp()) // seconds * seconds, UTC)
    visitor = salted_hmac("fans.limits", f"{door} {began} {who}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [door, visitor, connection.ops.adapt_datetimefield_value(began)])
        return cursor.fetchone()[0]


def address_of(request):
    """
    The network a request comes from: an IPv4 address, or the /64 of an IPv6 address.

    Behind proxies it is read from X-Forwarded-For, counted from the right: what stands further left
    than our own proxies is only what a visitor claims.
    """
    trusted = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    claimed = hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(claimed)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def forget_tallies():
    """Delete tallies of windows that are over."""
    Tally.objects.filter(window__lt=timezone.now() - timedelta(days=1)).delete()
