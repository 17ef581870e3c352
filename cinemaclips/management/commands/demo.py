"""manage.py demo: creates the demo magazine; with --remove, deletes it and nothing else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cinemaclips.demo import load, remove
from cinemaclips.demo.login import demo_login_path, read_or_create_demo_password


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
