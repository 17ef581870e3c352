"""manage.py import_pages FOLDER: imports an old static HTML site as drafts, with pictures and redirects."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cinemaclips.static_site_import.importer import PAGES, SiteImporter
from cinemaclips.static_site_import.page_parser import parse_page

if TYPE_CHECKING:
    from cinemaclips.static_site_import.importer import ImportResult
    from cinemaclips.static_site_import.page_parser import OldPage

LARGEST = 5_000_000  # bytes of one page


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


class Folder:
    """The files of an old site by their path from its root; a path that leads out of the folder has none."""

    def __init__(self, folder: Path) -> None:
        self.root = folder.resolve()

    def pages(self) -> list[str]:
        """The paths of its HTML files, sorted."""
        found = (
            path for path in sorted(self.root.rglob("*")) if path.suffix.lower() in PAGES and path.is_file()
        )
        return [f"/{path.relative_to(self.root).as_posix()}" for path in found]

    def get(self, url_path: str) -> bytes | None:
        path = (self.root / url_path.lstrip("/")).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read()

    def __getitem__(self, url_path: str) -> bytes:
        return (self.get(url_path) or b"")[:LARGEST]


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
