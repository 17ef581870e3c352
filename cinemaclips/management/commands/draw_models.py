"""manage.py draw_models: writes docs/data-model.md, with a diagram of the models of every app."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import models

DATA_MODEL = Path(settings.BASE_DIR, "docs", "data-model.md")
HEAD = """# Data model

One diagram an app, in Mermaid's notation. `manage.py draw_models` writes this file from the models;
a test fails when it is out of date. Models that inherit from `Article` share its row.
"""


class Command(BaseCommand):
    help = "Write docs/data-model.md from the models."

    def handle(self, **options: Any) -> None:
        DATA_MODEL.write_text(data_model())
        self.stdout.write(f"{DATA_MODEL.name} is written.")


def data_model() -> str:
    """The text of docs/data-model.md as the models are now."""
    own = [each for each in apps.get_app_configs() if Path(each.path).parent == Path(settings.BASE_DIR)]
    return HEAD + "".join(_section(each) for each in sorted(own, key=lambda each: each.label))


def _section(app: AppConfig) -> str:
    drawn = [each for each in app.get_models() if not each._meta.proxy]
    lines = [line for model in drawn for line in _lines(model)]
    return "\n".join(["", f"## {app.label}", "", "```mermaid", "erDiagram", *lines, "```", ""])


def _lines(model: type[models.Model]) -> Iterator[str]:
    name = model._meta.object_name
    yield f"    {name} {{"
    for field in model._meta.local_fields:
        if not field.is_relation:
            yield f"        {field.get_internal_type()} {field.name}"
    yield "    }"
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if field.is_relation and isinstance(field.related_model, type):
            other = field.related_model._meta.object_name
            ends = "}o--o{" if field.many_to_many else "||--||" if field.one_to_one else "}o--||"
            yield f"    {name} {ends} {other} : {field.name}"
