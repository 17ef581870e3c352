"""Takes the reports of browsers about what our content security policy has kept from a page."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fans.client_networks import client_network
from fans.limits import record_hit

DIRECTIVE, HOST = re.compile(r"[a-z]+(-[a-z]+)*"), re.compile(r"[a-z0-9.-]+")
log = logging.getLogger(__name__)
MAX_BYTES = 16_000
REPORTS_OF_A_NETWORK, REPORTS_IN_ALL = 20, 200  # an hour
KNOWN_WORDS = {
    "inline",
    "eval",
    "wasm-eval",
    "self",
    "data",
    "blob",
    "trusted-types-policy",
    "trusted-types-sink",
}


@csrf_exempt
@require_POST
@never_cache
def csp_reports(request: HttpRequest) -> HttpResponse:
    """
    Log each report in one line: the directive, the host that was blocked, and the name of our page.

    A page is named by its route, and a foreign address by its host: paths may contain the secret of a
    mailed link. Answers 413 to a report that is too long, 400 to one that cannot be read, and 429 when more
    come than anybody could read.
    """
    body = request.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return _answer("A report has at most 16,000 bytes.", 413)
    try:
        lines = list(_lines(json.loads(body)))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return _answer("The report must be JSON, as browsers send it.", 400)
    hour = timedelta(hours=1)
    if record_hit("csp-report", client_network(request), hour) > REPORTS_OF_A_NETWORK:
        return _answer("Enough reports for this hour.", 429)
    if record_hit("csp-report", "all", hour) > REPORTS_IN_ALL:
        return _answer("Enough reports for this hour.", 429)
    for line in lines:
        log.warning(line)
    return HttpResponse(status=204)


def _answer(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)


def _lines(report: Any) -> Iterator[str]:
    """A line for each violation, in the form of `report-uri` (an object) or of `report-to` (a list)."""
    if isinstance(report, dict):
        inner = report["csp-report"] if isinstance(report.get("csp-report"), dict) else {}
        yield _line(inner.get("effective-directive"), inner.get("blocked-uri"), inner.get("document-uri"))
        return
    for each in report[:10]:
        inner = each.get("body") or {}
        yield _line(inner.get("effectiveDirective"), inner.get("blockedURL"), inner.get("documentURL"))


def _line(directive: Any, blocked: Any, page: Any) -> str:
    directive = directive if DIRECTIVE.fullmatch(str(directive)) else "unknown"
    return f"Content policy: {directive} blocked {_origin(str(blocked or ''))} on {_route(str(page or ''))}"


def _origin(url: str) -> str:
    """The host of an address, or the word that a browser puts in place of an address."""
    if url in KNOWN_WORDS:
        return url
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return "something"
    return host[:100] if HOST.fullmatch(host) else "something"


def _route(url: str) -> str:
    """The name of the route to our page at this address."""
    try:
        return resolve(urlsplit(url).path).view_name
    except (Resolver404, ValueError):
        return "an unknown page"
