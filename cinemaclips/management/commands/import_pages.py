"""manage.py import_pages FOLDER: imports an old static HTML site as drafts, with pictures and redirects."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cinemaclips.static_site_import.folder import Folder
from cinemaclips.static_site_import.importer import SiteImporter
from cinemaclips.static_site_import.page_parser import parse_page

if TYPE_CHECKING:
    from cinemaclips.static_site_import.importer import ImportResult
    from cinemaclips.static_site_import.page_parser import OldPage


class Command(BaseCommand):
    help = (
        "Import a folder of old HTML as drafts, with texts and pictures, in the sections that path and nav "
        "suggest, and redirect the old URLs. Safe to run again: pages imported before are skipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Report what would be imported, and write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *, folder: Path, dry_run: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder. Name the one that held the old site's index.html.")
        files = Folder(folder)
        pages = [parse_page(files[path], path) for path in files.pages()]
        if not pages:
            raise CommandError(f"There is no .htm or .html file in {folder}.")
        importer = SiteImporter(files)
        results = [self._import_page(importer, planned, dry_run) for planned in importer.plan(pages)]
        self.stdout.write(_as_json(results) if options["json"] else _as_text(results, dry_run))

    def _import_page(
        self, importer: SiteImporter, planned: "tuple[OldPage, ImportResult, type]", dry_run: bool
    ) -> "ImportResult":
        """Import one page in one transaction."""
        result = planned[1]
        if not result.skipped and not dry_run:
            with transaction.atomic():
                importer.import_page(*planned)
        return result


def _as_json(results: "list[ImportResult]") -> str:
    imported = [result for result in results if not result.skipped]
    report = {
        "taken": len(imported),
        "skipped": len(results) - len(imported),
        "pages": [asdict(result) for result in results],
    }
    return json.dumps(report, ensure_ascii=False)


def _as_text(results: "list[ImportResult]", dry_run: bool) -> str:
    lines = []
    for result in results:
        outcome = result.skipped or f"“{result.title}” → {result.address}, {result.pictures} pictures"
        lines.append(f"{result.file}: {outcome}")
        lines += [f"    {note}" for note in result.notes]
    imported = sum(not result.skipped for result in results)
    verb = "would be imported as drafts" if dry_run else "imported as drafts"
    return "\n".join([*lines, f"{imported} pages {verb}; {len(results) - imported} skipped."])
