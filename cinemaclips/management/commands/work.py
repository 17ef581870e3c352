"""manage.py work: the worker, which runs the background jobs of all sections."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from cinemaclips.database_outage import is_outage
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
    """Run each job that is due, and set its next time in `next_run`. An exception in a job is logged."""
    for job, interval in background_jobs().items():
        if next_run[job] <= now and not stopping.is_set():
            try:
                has_more = job()
            except Exception as error:  # the other jobs must run
                has_more = False
                if is_outage(error):
                    log.error("The database cannot be used, so no job is run for a moment: %s", error)
                    connection.close()
                    return
                log.exception("%s did not work; it will be tried again.", job.__name__)
            next_run[job] = now + (timedelta(0) if has_more else interval)
