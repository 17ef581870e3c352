"""manage.py restore: puts a backup in the place of the magazine."""

import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from cinemaclips.backup.databases import POSTGRESQL_FILE, database_file, load_database
from cinemaclips.backup.manifest import BrokenBackup, Manifest, all_backups
from cinemaclips.backup.restoring import put_back, set_aside, undamaged_manifest, write_files


class Command(BaseCommand):
    help = "Restore a backup. What it replaces is set aside and not deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", help='The name of a backup, its folder, or "latest".')
        parser.add_argument("--replace", action="store_true", help="Also where there is a magazine already.")

    def handle(self, *, backup: str, replace: bool, **options: Any) -> None:
        folder = find_backup(backup)
        refuse_if_running()
        try:
            manifest = undamaged_manifest(folder)
            self._refuse_to_replace(manifest, replace)
            self._restore(folder, manifest)
        except (BrokenBackup, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from None
        call_command("setup", stdout=self.stdout)
        self.stdout.write(f"{folder.name} is restored: {len(manifest.files)} files.")

    def _refuse_to_replace(self, manifest: Manifest, replace: bool) -> None:
        if manifest.database != database_file():
            raise BrokenBackup(
                f"The backup is of another kind of database ({manifest.database}) than this site has. Set or "
                "unset DATABASE_URL."
            )
        is_there = (
            Path(connection.settings_dict["NAME"]).exists()
            if connection.vendor == "sqlite"
            else bool(connection.introspection.table_names())
        )
        if is_there and not replace:
            raise BrokenBackup("There is a magazine here already. --replace sets it aside and restores.")

    def _restore(self, folder: Path, manifest: Manifest) -> None:
        connection.close()
        aside = set_aside(settings.DATA_DIR, timezone.now())
        try:
            write_files(folder, manifest, settings.DATA_DIR)
            if POSTGRESQL_FILE in manifest.files:
                load_database(folder / POSTGRESQL_FILE, connection.settings_dict)
        except (BrokenBackup, OSError):
            put_back(settings.DATA_DIR, aside)
            raise
        self.stdout.write(f"What was there before is in {aside}.")


def find_backup(words: str) -> Path:
    """The folder of a backup that is named by its name, its path, or "latest". Raises `CommandError`."""
    backups = all_backups()
    if words == "latest" and backups:
        return backups[0]
    for folder in (settings.BACKUP_ROOT / words, Path(words)):
        if folder.is_dir():
            return folder
    names = ", ".join(folder.name for folder in backups[:5]) or "none"
    raise CommandError(f"There is no backup {words}. The newest are: {names}.")


def refuse_if_running() -> None:
    """Raise `CommandError` if the site answers."""
    with socket.socket(socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET) as probe:
        probe.settimeout(2)
        if probe.connect_ex((settings.HOST, int(settings.PORT))) == 0:
            raise CommandError("The site is running. Stop it first: it would write into what is restored.")
