"""manage.py work: the worker, which runs the background jobs of all sections."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from cinemaclips.database_outage import is_outage
from cinemaclips.models import FailingJob
from cinemaclips.worker_notices import job_name
from magazine.sections import background_jobs

type Job = Callable[[], bool | None]

log = logging.getLogger(__name__)
SECONDS_BETWEEN_ROUNDS = 5


class Command(BaseCommand):
    help = "Run the background jobs of all sections: mail, renditions, contests, purging, and so on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run one round, then end.")

    def handle(self, *, once: bool, **options: Any) -> None:
        stopping = threading.Event()
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_number, lambda *_: stopping.set())
        next_run = dict.fromkeys(background_jobs(), timezone.now())
        while not stopping.is_set():
            run_due_jobs(next_run, timezone.now(), stopping)
            if once:
                return
            close_old_connections()
            stopping.wait(SECONDS_BETWEEN_ROUNDS)


def run_due_jobs(next_run: dict[Job, datetime], now: datetime, stopping: threading.Event) -> None:
    """
    Run each job that is due, and set its next time in `next_run`.

    An exception in a job is logged and recorded for the desk; the job is tried again after its interval, and
    the others run.
    """
    for job, interval in background_jobs().items():
        if next_run[job] <= now and not stopping.is_set():
            try:
                has_more = run_job(job, now)
            except (DatabaseError, InterfaceError) as error:
                log.error("The database cannot be used, so no job is run for a moment: %s", error)
                connection.close()
                return
            next_run[job] = now + (timedelta(0) if has_more else interval)


def run_job(job: Job, now: datetime) -> bool:
    """
    Run one job. Returns whether it has more to do.

    Raises `DatabaseError` or `InterfaceError` if the database cannot be used.
    """
    name = job_name(job)
    try:
        has_more = bool(job())
    except Exception as error:  # the other jobs must run
        if is_outage(error):
            raise
        log.exception("%s did not work; it will be tried again.", name)
        FailingJob.objects.record(name, error, now)
        return False
    FailingJob.objects.end(name)
    return has_more
