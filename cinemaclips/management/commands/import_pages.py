"""manage.py import_pages FOLDER: an old static HTML site as drafts, with its pictures and its addresses."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cinemaclips.oldsite.intake import PAGES, Intake
from cinemaclips.oldsite.reading import read_page

LARGEST = 5_000_000  # bytes of one page


class Command(BaseCommand):
    help = (
        "Bring in a folder of old HTML: titles, texts and pictures as drafts in the room their path and nav "
        "point to, and a way from every old address. Safe to run again: what is in already is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would come in, and bring in nothing."
        )
        parser.add_argument("--json", action="store_true", help="For programs.")

    def handle(self, *, folder, dry_run, **options):
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder. Name the one that held the old site's index.html.")
        files = Folder(folder)
        pages = [read_page(files[path], path) for path in files.pages()]
        if not pages:
            raise CommandError(f"There is no .htm or .html file in {folder}.")
        intake = Intake(files)
        fates = [self._one(intake, planned, dry_run) for planned in intake.plan(pages)]
        self.stdout.write(_as_json(fates) if options["json"] else _told(fates, dry_run))

    def _one(self, intake, planned, dry_run):
        """Bring in one page, whole or not at all."""
        fate = planned[1]
        if not fate.skipped and not dry_run:
            with transaction.atomic():
                intake.take_in(*planned)
        return fate


class Folder:
    """The files of an old site by their address from its root; nothing outside of the folder."""

    def __init__(self, folder):
        self.root = folder.resolve()

    def pages(self):
        """The addresses of its HTML files, in order."""
        found = (
            path for path in sorted(self.root.rglob("*")) if path.suffix.lower() in PAGES and path.is_file()
        )
        return [f"/{path.relative_to(self.root).as_posix()}" for path in found]

    def get(self, address):
        path = (self.root / address.lstrip("/")).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read()

    def __getitem__(self, address):
        return self.get(address)[:LARGEST]


def _as_json(fates):
    taken = [fate for fate in fates if not fate.skipped]
    report = {
        "taken": len(taken),
        "skipped": len(fates) - len(taken),
        "pages": [asdict(fate) for fate in fates],
    }
    return json.dumps(report, ensure_ascii=False)


def _told(fates, dry_run):
    lines = []
    for fate in fates:
        lines.append(
            f"{fate.file}: {fate.skipped or f'“{fate.title}” → {fate.address}, {fate.pictures} pictures'}"
        )
        lines += [f"    {note}" for note in fate.notes]
    taken = sum(not fate.skipped for fate in fates)
    verb = "would come in as drafts" if dry_run else "are in as drafts"
    return "\n".join([*lines, f"{taken} pages {verb}; {len(fates) - taken} were left alone."])
