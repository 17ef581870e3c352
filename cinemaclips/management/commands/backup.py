"""manage.py backup: makes a backup, deletes old ones, and verifies it by restoring it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cinemaclips.backup.making import make_backup, only_one
from cinemaclips.backup.manifest import BrokenBackup, Manifest, Verification, all_backups
from cinemaclips.backup.restoring import verify_backup
from cinemaclips.backup.rotation import delete_old_backups


class Command(BaseCommand):
    help = "Make a backup of database, pictures and secret key; keep 24 hourly, 14 daily and 12 monthly ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="Restore it into a scratch site, too.")
        parser.add_argument("--list", action="store_true", help="Only list the backups.")
        parser.add_argument("--quiet", action="store_true", help="Say only what is wrong.")

    def handle(self, *, verify: bool, list: bool, quiet: bool, **options: Any) -> None:
        if list:
            return self._list()
        try:
            with only_one():
                folder = make_backup(timezone.now())
                problems = verify_backup(folder, timezone.now()).problems if verify else []
                delete_old_backups()
        except (BrokenBackup, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from None
        if problems:
            raise CommandError(f"The backup {folder.name} cannot be restored. {' '.join(problems[:5])}")
        if not quiet:
            self.stdout.write(f"{folder} is complete{' and can be restored' if verify else ''}.")
        return None

    def _list(self) -> None:
        for folder in all_backups():
            result = Verification.read(folder)
            state = (
                "not verified"
                if result is None
                else " ".join(result.problems) or "restored without a problem"
            )
            self.stdout.write(f"{folder.name}  {len(Manifest.read(folder).files)} files, {state}")
