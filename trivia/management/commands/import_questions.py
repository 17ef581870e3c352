"""manage.py import_questions FILE: OpenTDB, GIFT, Aiken, Moodle XML, OpenTriviaQA, CSV, our own JSON."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trivia.formats import FORMATS, Unreadable, read
from trivia.intake import OUR_TERMS, TERMS, names_nobody, take_in
from trivia.models import Question

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Take questions into the bank, as drafts. Collections that are known come under their own licence; "
        "of others say it, and whom to name."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="Without it the file says what it is.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, write nothing.")
        parser.add_argument("--json", action="store_true", help="Report for programs, with every question.")
        parser.add_argument("--licence", choices=Question.Licence.values)
        parser.add_argument("--author", default="", help="Whom the licence asks us to name.")

    def handle(self, *, file, dry_run, **options):
        reading = self._read(file, options)
        licence, author = TERMS.get(reading.format, OUR_TERMS)
        licence, author = options["licence"] or licence, options["author"] or author
        if names_nobody(reading.questions, licence, author):
            raise CommandError("This licence asks us to name somebody. Say whom: --author NAME")
        intake = take_in(reading.questions, licence, author, dry_run=dry_run)
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_dict(), ensure_ascii=False))
        else:
            self._tell(reading, intake, dry_run)

    def _read(self, file, options):
        try:
            return read(file.read_bytes(), options["format"])
        except OSError as error:
            reason = f"{file} cannot be read: {error.strerror}."
        except Unreadable as error:
            reason = f"{file}: {error}"
        if options["json"]:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        raise CommandError(reason)

    def _tell(self, reading, intake, dry_run):
        for problem in reading.problems[:SHOWN]:
            self.stdout.write(f"line {problem.line}: {problem.reason}")
        if len(reading.problems) > SHOWN:
            self.stdout.write(f"and {len(reading.problems) - SHOWN} more; --json lists all")
        self.stdout.write(
            f"{reading.format}: {len(reading.questions)} questions read, {intake.created} new, "
            f"{len(intake.known)} known already, {len(reading.problems)} rejected."
            + (" Nothing was written (dry run)." if dry_run else "")
        )
