"""manage.py import_films FILE: import a film catalogue: CSV, JSON, IMDb TSV or MovieLens."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from films.catalogue import Unreadable, read_catalogue
from films.importer import ImportReport, import_records

MAX_PROBLEMS_SHOWN = 20


class Command(BaseCommand):
    help = "Import films from a catalogue: CSV, JSON, IMDb title.basics TSV, MovieLens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Report only; write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            items = read_catalogue(file.read_bytes(), timezone.localdate())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except Unreadable as error:
            raise CommandError(f"{file}: {error}") from None
        report = import_records(items, dry_run=dry_run)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self._print_report(report, dry_run)

    def _print_report(self, report: ImportReport, dry_run: bool) -> None:
        for problem in report.problems[:MAX_PROBLEMS_SHOWN]:
            self.stdout.write(f"row {problem['row']}: {problem['reason']}")
        if len(report.problems) > MAX_PROBLEMS_SHOWN:
            self.stdout.write(f"and {len(report.problems) - MAX_PROBLEMS_SHOWN} more; --json lists all")
        self.stdout.write(
            f"{report.read} rows read: {report.created} films created, {report.updated} updated, "
            f"{report.unchanged} unchanged, {report.rejected} rejected."
            + (" Nothing was written (dry run)." if dry_run else "")
        )
