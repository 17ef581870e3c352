"""Where a request comes from, as far as it can be known behind proxies."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

WITH_PORT = re.compile(r"\[(?P<v6>[0-9A-Fa-f:.]+)\](:\d{1,5})?|(?P<v4>[\d.]+):\d{1,5}")


def client_network(request: HttpRequest) -> str:
    """
    The network that a request comes from: an IPv4 address, or the /64 network of an IPv6 address.

    Behind proxies it is the entry of X-Forwarded-For that our outermost proxy has added, the
    `TRUSTED_PROXIES`-th from the right. Entries to its left come from the visitor and may be forged. An entry
    may have a port. What comes through a Unix socket has no address: it comes from a proxy on this machine.
    Returns "unknown" if there is no valid address.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    hops = [hop for hop in hops if hop != "unix:"]  # nginx writes this for a proxy before it on a Unix socket
    remote = request.META.get("REMOTE_ADDR", "")
    trusted = settings.TRUSTED_PROXIES or (0 if remote else 1)
    ip = _address(hops[-trusted] if trusted and len(hops) >= trusted else remote)
    if ip is None:
        return "unknown"
    return str(ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1` or `[2001:db8::1]:80`; None if none is."""
    if match := WITH_PORT.fullmatch(text):
        text = match["v6"] or match["v4"]
    try:
        ip = ip_address(text)
    except ValueError:
        return None
    # ::ffff:192.0.2.1 is how a socket for both versions writes IPv4; all of them are in one /64 network.
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
