"""manage.py import_questions FILE: import questions from a file in any of our formats, as drafts."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trivia.formats import FORMATS, ParsedFile, UnreadableFile, read
from trivia.importer import COLLECTION_TERMS, OUR_TERMS, ImportResult, import_questions, lacks_attribution
from trivia.models import Question

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import questions into the bank, as drafts. Known collections get their own licence; for others, "
        "give the licence and the author to name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="Without it, the format is detected.")
        parser.add_argument("--dry-run", action="store_true", help="Report only; write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report and all questions as JSON.")
        parser.add_argument("--licence", choices=Question.Licence.values)
        parser.add_argument("--author", default="", help="The author to name, if the licence requires it.")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        parsed_file = self._read(file, options)
        licence, author = COLLECTION_TERMS.get(parsed_file.format, OUR_TERMS)
        licence, author = options["licence"] or licence, options["author"] or author
        if lacks_attribution(parsed_file.questions, licence, author):
            raise CommandError("This licence asks us to name somebody. Say whom: --author NAME")
        result = import_questions(parsed_file.questions, licence, author, dry_run=dry_run)
        if options["json"]:
            self.stdout.write(json.dumps(parsed_file.as_dict(), ensure_ascii=False))
        else:
            self._report(parsed_file, result, dry_run)

    def _read(self, file: Path, options: dict[str, Any]) -> ParsedFile:
        try:
            return read(file.read_bytes(), options["format"])
        except OSError as error:
            reason = f"{file} cannot be read: {error.strerror}."
        except UnreadableFile as error:
            reason = f"{file}: {error}"
        if options["json"]:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        raise CommandError(reason)

    def _report(self, parsed_file: ParsedFile, result: ImportResult, dry_run: bool) -> None:
        for problem in parsed_file.problems[:SHOWN]:
            self.stdout.write(f"line {problem.line}: {problem.reason}")
        if len(parsed_file.problems) > SHOWN:
            self.stdout.write(f"and {len(parsed_file.problems) - SHOWN} more; --json lists all")
        self.stdout.write(
            f"{parsed_file.format}: {len(parsed_file.questions)} questions read, {result.created} new, "
            f"{len(result.duplicates)} known already, {len(parsed_file.problems)} rejected."
            + (" Nothing was written (dry run)." if dry_run else "")
        )
