"""manage.py draw_rights: writes docs/rights.md, the table of who may do what at the desk."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cinemaclips.rights_table import rights_document

RIGHTS = Path(settings.BASE_DIR, "docs", "rights.md")


class Command(BaseCommand):
    help = "Write docs/rights.md from the permissions of all roles."

    def handle(self, **options: Any) -> None:
        RIGHTS.write_text(rights_document())
        self.stdout.write(f"{RIGHTS.name} is written.")
