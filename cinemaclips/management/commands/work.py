"""manage.py work: the worker. Small jobs in small slices, each safe to repeat and to kill."""

import logging
import signal
import threading
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cinemaclips.chores import CHORES

log = logging.getLogger(__name__)
PAUSE = 5  # seconds between two rounds


class Command(BaseCommand):
    help = "Do what needs no reader waiting for it: picture sizes, old sessions, database upkeep."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="One round, then end.")

    def handle(self, *, once, **options):
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        due = dict.fromkeys(CHORES, timezone.now())
        while not stopping.is_set():
            do_due(due, timezone.now(), stopping)
            if once:
                return
            close_old_connections()
            stopping.wait(PAUSE)


def do_due(due, now, stopping):
    """Do each chore whose time has come, and set its next time in `due`."""
    for chore, every in CHORES.items():
        if due[chore] <= now and not stopping.is_set():
            try:
                more = chore()
            except Exception:  # whatever one chore meets, the others go on
                log.exception("%s did not work; it will be tried again.", chore.__name__)
                more = False
            due[chore] = now + (timedelta(0) if more else every)
