"""
Gives each request an id that its log lines and its response carry, and says which route it took.

A path may contain the secret of a mailed link, so log lines and metrics name the route instead.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("cinemaclips.requests")


class RequestIdMiddleware:
    """
    Set `request_id` while a request is answered, and send it as `X-Request-ID`.

    The id is the proxy's, if it sent one and we trust a proxy, else a new one. With LOG_REQUESTS=1 every
    request has a line in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        token = request_id.set(_id_of(request))
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            milliseconds = round((time.perf_counter() - started) * 1000)
            line = "%s %s %s in %s ms"
            log.info(line, request.method, route_of(request), response.status_code, milliseconds)
            return response
        finally:
            request_id.reset(token)


def route_of(request: HttpRequest) -> str:
    """The name of the route that a request took, such as `reviews:detail`; "none" if no view was asked."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "none"


def _id_of(request: HttpRequest) -> str:
    sent = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    return sent if WELL_FORMED.fullmatch(sent) else uuid.uuid4().hex
