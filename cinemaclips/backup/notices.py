"""What the desk says about backups."""

from datetime import datetime, timedelta

from django.conf import settings

from cinemaclips.backup.manifest import Verification, all_backups, time_of
from cinemaclips.backup.rotation import is_proven
from magazine.desk_notices import DeskNotice

TOO_OLD = timedelta(hours=26)
WHAT_TO_DO = "Try it by hand: manage.py backup --verify says what is wrong. The log has it, too."


def backup_notices(now: datetime) -> list[DeskNotice]:
    """A notice if the newest backup that can be restored is more than a day old, or if there is none."""
    if not settings.BACKS_UP:
        return []
    backups = all_backups()
    proven = next((time for folder in backups if is_proven(folder) and (time := time_of(folder))), None)
    if proven and now - proven < TOO_OLD:
        return []
    results = (Verification.read(folder) for folder in backups)
    problems = next((result.problems for result in results if result), [])
    since = proven or (time_of(backups[-1]) if backups else None) or now
    heading = "No backup of the last day can be restored" if backups else "There is no backup"
    return [DeskNotice(heading, [*problems[:3], WHAT_TO_DO], since)]
