"""
Metrics for Prometheus: requests of all server processes, and the state of mail and worker.

Without MONITORING_TOKEN nothing is counted. The processes count in files in `METRICS_ROOT`, which the server
empties when it starts; prometheus_client adds them up.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from cinemaclips.models import FailingJob, WorkerState
from cinemaclips.readiness import free_bytes
from cinemaclips.request_ids import route_of
from fans.models import Mail, MailQueue

REQUESTS = Counter("cinemaclips_requests", "Answered requests.", ["route", "method", "status"], registry=None)
SECONDS = Histogram(
    "cinemaclips_request_seconds",
    "Time to answer a request.",
    ["route"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 10),
    registry=None,
)
KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class MetricsMiddleware:
    """Count requests and their time by route. The route, not the path: a stranger cannot invent labels."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.MONITORING_TOKEN:
            return self.get_response(request)
        started = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        method = request.method if request.method in KNOWN_METHODS else "other"
        REQUESTS.labels(route, method, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - started)
        return response


class Value(NamedTuple):
    """One number that is read when Prometheus asks."""

    name: str
    description: str
    number: float


def metrics_response(now: datetime) -> HttpResponse:
    """All metrics in the text format of Prometheus; five queries."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_ROOT))
    for value in _values(now):
        Gauge(f"cinemaclips_{value.name}", value.description, registry=registry).set(value.number)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _values(now: datetime) -> Iterator[Value]:
    due = Mail.objects.unsent().filter(not_before__lte=now)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    seen = WorkerState.objects.values_list("seen_at", flat=True).first()
    yield Value("mails_due", "Mails that wait although they are due.", due.count())
    yield Value("oldest_mail_seconds", "Age of the oldest mail that is due.", _seconds(oldest, now))
    yield Value("mail_paused", "1 if no mail leaves.", float(bool(MailQueue.objects.state().paused_at)))
    yield Value("worker_seconds", "Time since a worker was seen.", _seconds(seen, now))
    yield Value("failing_jobs", "Background jobs whose last run failed.", FailingJob.objects.count())
    yield Value("free_bytes", "Free space on the disk with the data folder.", free_bytes())


def _seconds(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
