"""manage.py export_questions FORMAT: write the question bank to standard output."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trivia.formats import WRITABLE_FORMATS, write
from trivia.models import Question


class Command(BaseCommand):
    help = "Write the question bank as CSV, GIFT, Moodle XML or JSON; --live writes only what may be asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=WRITABLE_FORMATS)
        parser.add_argument("--live", action="store_true")

    def handle(self, *, live: bool, **options: Any) -> None:
        questions = Question.objects.live() if live else Question.objects.all()
        rows = questions.with_options().order_by("pk").iterator(chunk_size=1_000)
        self.stdout.write(write((each.as_parsed() for each in rows), options["format"]), ending="")
