"""Where a request comes from, as far as it can be known behind proxies."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


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
