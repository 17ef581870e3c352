"""
Answers to monitors, before anything else looks at the request: `/healthz`, `/readyz`, `/metrics`.

A monitor or load balancer asks by the machine's address and without https, so these come before the check of
the host and the redirect to https. What is wrong in detail is told to staff, and to who has the token.
"""

import json
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db.utils import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cinemaclips.metrics import metrics_response
from cinemaclips.readiness import NOT_READY, Readiness, recent_readiness


class ProbeMiddleware:
    """Answer the three paths; every other request passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path)
        if probe is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = probe(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def health(request: HttpRequest) -> HttpResponse:
    """The process answers. No query."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def readiness(request: HttpRequest) -> HttpResponse:
    """Status 200 if the site can take forms, else 503. Details are for staff and for who has the token."""
    found = recent_readiness.get(timezone.now())
    content = {"status": found.status} | (_details(found) if _may_see_details(request) else {})
    status = 503 if found.status == NOT_READY else 200
    return HttpResponse(json.dumps(content, indent=1) + "\n", "application/json", status)


def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics for Prometheus; without the token it seems that there are none."""
    if not has_token(request):
        return HttpResponse("Not found.\n", "text/plain; charset=utf-8", 404)
    return metrics_response(timezone.now())


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": health,
    "/readyz": readiness,
    "/metrics": metrics,
}


def has_token(request: HttpRequest) -> bool:
    """Whether the request carries MONITORING_TOKEN, as `Authorization: Bearer TOKEN`."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.MONITORING_TOKEN) and constant_time_compare(sent, settings.MONITORING_TOKEN)


def _details(found: Readiness) -> dict[str, object]:
    notices = [
        {"heading": notice.heading, "sentences": notice.sentences, "since": notice.since.isoformat()}
        for notice in found.notices
    ]
    return {"problems": found.problems, "notices": notices}


def _may_see_details(request: HttpRequest) -> bool:
    """
    Whether the request has the token or comes from staff.

    The session is read here, because this middleware comes before that of the session.
    """
    if has_token(request):
        return True
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        user = get_user(request)
        return user.is_active and user.is_staff
    except (DatabaseError, InterfaceError):
        return False
