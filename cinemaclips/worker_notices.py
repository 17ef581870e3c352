"""What the desk says when the worker is absent, or when one of its jobs fails."""

from collections.abc import Callable
from datetime import datetime

from cinemaclips.models import FailingJob, WorkerState
from magazine.desk_notices import DeskNotice
from magazine.sections import background_jobs

WORKER_IS_ABSENT = [
    "No mail is sent, no draw is made and nothing is deleted while no worker runs. Readers notice nothing.",
    "manage.py run starts one with the server; manage.py work is the worker alone.",
]


def job_name(job: Callable[..., object]) -> str:
    """The name under which a background job is recorded and logged."""
    return f"{job.__module__}.{job.__qualname__}"


def worker_notices(now: datetime) -> list[DeskNotice]:
    """Notices on an absent worker and on failing jobs; two queries."""
    notices = []
    if seen_at := WorkerState.objects.absent_since(now):
        notices.append(DeskNotice("The worker is absent", WORKER_IS_ABSENT, seen_at))
    names = [job_name(job) for job in background_jobs()]
    for failing in FailingJob.objects.filter(name__in=names).order_by("failing_since"):
        sentence = f"{failing.name} ends with {failing.error}. It is tried again; the log says what happened."
        notices.append(DeskNotice("A background job fails", [sentence], failing.failing_since))
    return notices
