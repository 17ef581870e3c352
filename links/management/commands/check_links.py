"""manage.py check_links: visits a few of the links that are due, and prints the findings."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from links.checking import check_due_links


class Command(BaseCommand):
    help = "Check a few of the links that are due, one per host. Safe to run as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slice", type=int, default=20, help="How many links at most (20).")
        parser.add_argument("--local", action="store_true", help="Allow URLs of this machine.")
        parser.add_argument("--json", action="store_true", help="Print the findings as JSON.")

    def handle(self, **options: Any) -> None:
        checked = check_due_links(options["slice"], local=options["local"])
        if options["json"]:
            results = [{"url": link.url, "state": link.state, "finding": link.finding} for link in checked]
            self.stdout.write(json.dumps({"checked": results}, ensure_ascii=False))
            return
        for link in checked:
            self.stdout.write(f"{link.get_state_display():7} {link.url}  {link.finding}")
        self.stdout.write(
            f"{len(checked)} links checked." if checked else "No link could or had to be checked."
        )
