"""
Visits one URL and reports the finding.

Only 404, 410 and a host that does not exist are hard failures. Every other failure makes a link unsure: 403,
429, a server error, an invalid certificate, a timeout.
"""

import re
import socket
import ssl
from datetime import timedelta
from html import unescape
from http.client import HTTPException, HTTPResponse
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

TIMEOUT = 15  # seconds
MAX_BYTES = 65_536  # bytes; the title is near the beginning of a page
GONE_STATUSES = {404, 410}
MAX_WAIT = timedelta(days=7)
TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.I | re.S)
CHARSET = re.compile(rb"charset=[\"']?([-\w]+)", re.I)


class Finding(NamedTuple):
    """What a visit found. `unreachable` means that no server answered; this machine may be offline."""

    works: bool
    sentence: str
    hard: bool = False
    unreachable: bool = False
    title: str = ""
    retry_after: timedelta | None = None


class PrivateNetworkError(Exception):
    """The URL leads into a private network, which the checker must not visit."""


def visit(url: str, *, local: bool = False) -> Finding:
    """Request `url` and return the finding; never raises. `local` allows URLs of this machine."""
    opener = build_opener(_PublicRedirectHandler(local))
    agent = f"cinemaCLIPS link checker (+{settings.SITE_URL}/links/)"
    request = Request(url, headers={"User-Agent": agent, "Accept": "text/html, */*;q=0.5"})  # noqa: S310 - http(s) only, see the model
    try:
        refuse_private(url, local)
        with opener.open(request, timeout=TIMEOUT) as answer:
            return _success(url, answer)
    except HTTPError as error:
        with error:
            return _http_error(error)
    except PrivateNetworkError:
        return Finding(False, "The address leads into a private network.")
    except (URLError, OSError, HTTPException, ValueError) as error:
        return _connection_error(error)


class _PublicRedirectHandler(HTTPRedirectHandler):
    """Follows redirects, but never into a private network."""

    def __init__(self, local: bool) -> None:
        self.local = local

    def redirect_request(self, *args: Any) -> Request | None:
        refuse_private(args[-1], self.local)
        return super().redirect_request(*args)


def refuse_private(url: str, local: bool) -> None:
    """Raise `PrivateNetworkError` if the host of `url` is not on the public internet."""
    host = urlsplit(url).hostname or ""
    ips = {ip_address(str(info[4][0]).partition("%")[0]) for info in socket.getaddrinfo(host, None)}
    if not local and not all(ip.is_global for ip in ips):
        raise PrivateNetworkError


def _success(url: str, answer: HTTPResponse) -> Finding:
    head = answer.read(MAX_BYTES)
    moved = urlsplit(answer.url)[:3] != urlsplit(url)[:3]
    sentence = f"Works, now at {answer.url}" if moved else "Works."
    return Finding(True, sentence, title=_title(head, answer.headers.get_content_charset()))


def _title(head: bytes, charset: str | None) -> str:
    found = TITLE.search(head)
    if not found:
        return ""
    declared = CHARSET.search(head)
    charset = charset or (declared[1].decode() if declared else "utf-8")
    try:
        title = found[1].decode(charset, "replace")
    except LookupError:
        title = found[1].decode("latin-1")
    return " ".join(unescape(title).replace("\0", " ").split())


def _http_error(error: HTTPError) -> Finding:
    after = error.headers.get("Retry-After", "")
    wait = min(timedelta(seconds=int(after[:9])), MAX_WAIT) if after.isdigit() else None
    hard = error.code in GONE_STATUSES
    verb = "is not there any more" if hard else "could not be looked at"
    return Finding(False, f"The page {verb}: the server says {error.code}.", hard=hard, retry_after=wait)


def _connection_error(error: Exception) -> Finding:
    reason = getattr(error, "reason", error)
    if isinstance(reason, socket.gaierror) and reason.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        return Finding(False, "There is no such host.", hard=True, unreachable=True)
    if isinstance(reason, ssl.SSLError):
        return Finding(False, "Its certificate is broken.")
    if isinstance(reason, TimeoutError):
        return Finding(False, f"No answer within {TIMEOUT} seconds.", unreachable=True)
    return Finding(False, f"No answer: {reason}", unreachable=True)
