"""manage.py draw_models: writes docs/data-model.md, with a diagram of the models of every app."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cinemaclips.data_model import data_model

DATA_MODEL = Path(settings.BASE_DIR, "docs", "data-model.md")


class Command(BaseCommand):
    help = "Write docs/data-model.md from the models."

    def handle(self, **options: Any) -> None:
        DATA_MODEL.write_text(data_model())
        self.stdout.write(f"{DATA_MODEL.name} is written.")
