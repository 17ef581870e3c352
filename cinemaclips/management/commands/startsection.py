"""manage.py startsection NAME: writes a small section that passes `make test`."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cinemaclips.new_section import UnusableName, write_section

RUFF = Path(sys.executable).with_name("ruff")


class Command(BaseCommand):
    help = (
        "Write a new section: model, desk, URLs, views, templates, declaration, migration, tests, demo piece."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The name of the app and of its URLs: one lower-case word.")
        parser.add_argument("--label", default="", help="The words in the nav; the name, if left out.")
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR, help="The project to write into."
        )

    def handle(self, *, name: str, label: str, folder: Path, **options: Any) -> None:
        try:
            paths = write_section(name, label or name.capitalize(), folder)
        except UnusableName as reason:
            raise CommandError(str(reason)) from reason
        _sort_imports([path for path in paths if path.suffix == ".py"])
        documents = _write_documents(folder)
        for path in [*paths, *documents]:
            self.stdout.write(str(path.relative_to(folder)))
        self.stdout.write(
            f"The section is written. Next: manage.py migrate, then open /{name}/ or run make test."
        )


def _write_documents(folder: Path) -> list[Path]:
    """Write what follows from the models and the rights, by processes that have loaded the new section."""
    for name in ("draw_models", "draw_rights"):
        command = [sys.executable, "manage.py", name]
        subprocess.run(command, cwd=folder, check=False, capture_output=True)  # noqa: S603 - our own program
    return [folder / "docs" / "data-model.md", folder / "docs" / "rights.md"]


def _sort_imports(paths: list[Path]) -> None:
    """Sort the imports of `paths`, whose order depends on the section's name. Does nothing without ruff."""
    if RUFF.exists():
        subprocess.run([RUFF, "check", "--quiet", "--fix", "--select", "I", *paths], check=False)  # noqa: S603
