"""manage.py verify_restored: prints what is wrong with a restored site; `manage.py backup` calls it."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from cinemaclips.backup.manifest import Manifest
from cinemaclips.backup.restored_site import find_problems


class Command(BaseCommand):
    help = "Print, line by line, what is wrong with the site in DATA_DIR, compared with a backup's manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)

    def handle(self, *, backup: Path, **options: Any) -> None:
        call_command("check", databases=["default"], stdout=self.stderr)
        for problem in find_problems(Manifest.read(backup)):
            self.stdout.write(problem)
