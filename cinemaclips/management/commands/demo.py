"""manage.py demo: creates the demo magazine; with --remove, deletes it and nothing else."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cinemaclips.demo import load, remove


class Command(BaseCommand):
    help = "Load the demo magazine; --remove deletes it and nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true")

    def handle(self, **options: Any) -> None:
        if options["remove"]:
            self._remove()
        else:
            self._load()

    def _load(self) -> None:
        password = read_or_create_demo_password()
        if load(password):
            self.stdout.write("The demo magazine is in.")
        else:
            self.stdout.write("The demo magazine is in already; nothing was changed.")

    def _remove(self) -> None:
        gone, kept = remove()
        demo_login_path().unlink(missing_ok=True)
        self.stdout.write(f"{gone} rows of the demo magazine are gone.")
        if kept:
            self.stdout.write(f"Kept, because your own pieces need them: {', '.join(kept)}.")


def demo_login_path() -> Path:
    """The file with the demo log-in, which only the user that runs the site can read."""
    return settings.DATA_DIR / "demo_login"


def read_or_create_demo_password() -> str:
    """The password of the demo log-in, which is made the first time and kept in `demo_login_path()`."""
    path = demo_login_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
    return path.read_text()
