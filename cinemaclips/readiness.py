"""
Whether this site can do its work: what `/readyz` answers.

"not ready" means that forms cannot be taken (the database cannot be written, migrations are pending, the disk
is full). "degraded" means that something needs the owner: everything that the desk's first page says.
"""

import shutil
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, InterfaceError

from cinemaclips.models import WorkerState
from magazine.desk_notices import DeskNotice
from magazine.sections import desk_notices

READY, DEGRADED, NOT_READY = "ready", "degraded", "not ready"
LITTLE_SPACE, NO_SPACE = 1_000_000_000, 50_000_000  # bytes
SECONDS_BETWEEN_CHECKS = 5.0


@dataclass(frozen=True)
class Readiness:
    """What prevents the site from taking forms, and what needs the owner. Both empty: all is well."""

    problems: tuple[str, ...] = ()
    notices: tuple[DeskNotice, ...] = ()

    @property
    def status(self) -> str:
        if self.problems:
            return NOT_READY
        return DEGRADED if self.notices else READY


def check_readiness(now: datetime) -> Readiness:
    """Check everything: one write that is rolled back, and a few reads."""
    try:
        _write_and_roll_back()
        problems = [*_pending_migrations(), *_no_space()]
        return Readiness(tuple(problems), tuple(desk_notices(now)))
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        return Readiness((f"The database cannot be written ({type(error).__name__}).", *_no_space()))


def free_bytes() -> int:
    """The free space, in bytes, on the disk with the data folder."""
    return shutil.disk_usage(settings.DATA_DIR).free


def space_notices(now: datetime) -> list[DeskNotice]:
    """A notice if the disk with the data folder is nearly full."""
    free = free_bytes()
    if free >= LITTLE_SPACE:
        return []
    sentence = (
        f"{free // 1_000_000} MB are free. At 0 nothing can be stored: no entry, no piece, no picture. "
        "Delete what is not needed, or get a larger disk."
    )
    return [DeskNotice("The disk is nearly full", [sentence], now)]


def _write_and_roll_back() -> None:
    with transaction.atomic():
        WorkerState.objects.filter(pk=1).update(seen_at=WorkerState.UNCHANGED)
        transaction.set_rollback(True)


def _pending_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(plan)} migrations are pending. Run manage.py setup."] if plan else []


def _no_space() -> list[str]:
    free = free_bytes()
    return [f"Only {free // 1_000_000} MB are free on the disk."] if free < NO_SPACE else []


@dataclass
class RecentReadiness:
    """The last result of a process, so that whoever asks often causes no more checks."""

    result: Readiness | None = None
    checked_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, now: datetime) -> Readiness:
        """The result of a check that is at most `SECONDS_BETWEEN_CHECKS` old."""
        with self.lock:
            if self.result is None or time.monotonic() - self.checked_at >= SECONDS_BETWEEN_CHECKS:
                self.result, self.checked_at = check_readiness(now), time.monotonic()
            return self.result


recent_readiness = RecentReadiness()
