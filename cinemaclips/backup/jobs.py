"""Backups as a background job, in a process of its own, so that mail does not wait for them."""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cinemaclips.backup.manifest import Verification, all_backups, time_of
from cinemaclips.processes import end_with_parent

BETWEEN_BACKUPS, BETWEEN_VERIFICATIONS = timedelta(minutes=58), timedelta(hours=23)
running: "list[subprocess.Popen[bytes]]" = []


class BackupFailed(Exception):
    """The process that makes backups has ended with an error, which is in the log."""


def back_up() -> None:
    """
    Start a backup each hour, verified once a day, unless one is under way.

    Raises `BackupFailed` after one that failed, so that the desk says so.
    """
    if not settings.BACKS_UP or (running and running[0].poll() is None):
        return
    failed = bool(running) and running.pop().returncode != 0
    now, backups = timezone.now(), all_backups()
    newest = time_of(backups[0]) if backups else None
    if newest is None or now - newest >= BETWEEN_BACKUPS:
        verified = (time_of(folder) for folder in backups if Verification.read(folder))
        latest = next(verified, None)
        is_due = latest is None or now - latest >= BETWEEN_VERIFICATIONS
        running.append(_start(verify=is_due))
    if failed:
        raise BackupFailed


def _start(*, verify: bool) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "backup", "--quiet", *(["--verify"] if verify else [])]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, preexec_fn=end_with_parent)  # noqa: S603 - ours
