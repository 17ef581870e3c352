"""Which backups are kept: one for each of 24 hours, 14 days and 12 months."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cinemaclips.backup.manifest import Verification, all_backups, time_of

KEPT = {"%Y-%m-%d %H": 24, "%Y-%m-%d": 14, "%Y-%m": 12}  # period → how many of the latest are kept


def kept_times(times: Sequence[datetime]) -> set[datetime]:
    """Of all times of backups those that are kept: the last one in each of the latest hours, days, months."""
    kept: set[datetime] = set()
    for period, count in KEPT.items():
        last = {time.strftime(period): time for time in sorted(times)}
        kept.update(sorted(last.values())[-count:])
    return kept


def delete_old_backups() -> list[Path]:
    """
    Delete the backups that are not kept. Returns their folders.

    The newest one that was restored without a problem is kept whatever its age.
    """
    backups = {folder: time_of(folder) for folder in all_backups()}
    kept = kept_times([time for time in backups.values() if time])
    proven = next((folder for folder in backups if is_proven(folder)), None)
    old = [folder for folder, time in backups.items() if time not in kept and folder != proven]
    for folder in old:
        shutil.rmtree(folder)
    return old


def is_proven(folder: Path) -> bool:
    """Whether this backup was restored without a problem."""
    result = Verification.read(folder)
    return result is not None and not result.problems
