"""`manage.py import_interview FILE` saves a transcript as a draft interview."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from interviews.importer import import_transcript
from interviews.input_formats import decode_text
from interviews.models import Interview
from interviews.parser import TranscriptNotFound, parse
from interviews.transcripts import LOW, ParsedTranscript


class Command(BaseCommand):
    help = "Import a transcript as a draft interview: text, Markdown, HTML, WebVTT or SRT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the parse and save nothing.")
        parser.add_argument("--dry-run", action="store_true", help="Report what was found, and save nothing.")
        parser.add_argument("--yes", action="store_true", help="Save a transcript of low confidence, too.")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            text = decode_text(file.read_bytes())
            transcript = parse(text)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except TranscriptNotFound as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(error)}))
            raise CommandError(f"{file}: {error}") from None
        if options["json"]:
            self.stdout.write(json.dumps(transcript.as_dict(), ensure_ascii=False))
            return
        kinds = [turn.kind for turn in transcript.turns]
        self.stdout.write(
            f"{kinds.count('question')} questions and {kinds.count('answer')} answers by "
            f"{', '.join(transcript.speakers) or 'unnamed speakers'} ({transcript.confidence} confidence)."
        )
        if options["dry_run"]:
            return
        self._save(transcript, text, is_confirmed=options["yes"])

    def _save(self, transcript: ParsedTranscript, text: str, *, is_confirmed: bool) -> None:
        if transcript.confidence == LOW and not is_confirmed:
            raise CommandError(
                "This reading is not sure, so nothing was saved. Check it with --json and save it "
                "with --yes, or paste the text at the desk, where you can put it right."
            )
        known = Interview.objects.filter(transcript=text).first()
        interview = known or import_transcript(transcript, text)
        state = "was here already" if known else "saved as a draft"
        self.stdout.write(f"“{interview}” {state}: {interview.get_absolute_url()}")
