"""manage.py import_redirects FILE: imports the redirect map of an old site."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from redirects.importer import parse_map
from redirects.models import Redirect

MAX_BYTES = 20_000_000  # bytes


class Command(BaseCommand):
    help = (
        "Import a map of old and new URLs, two on a line: /old.htm /reviews/m/ — "
        "with a query (/review.php?id=12) or with a star at the end (/articles/* /blog/*). Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Report what would be imported, and write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        lines = list(parse_map(_read_text(file)))
        new = known = 0
        with transaction.atomic():
            for redirect in (line.redirect for line in lines if line.redirect):
                _, created = Redirect.objects.update_or_create(
                    old_path=redirect.old_path, old_query=redirect.old_query, is_prefix=redirect.is_prefix,
                    defaults={"new_path": redirect.new_path},
                )  # fmt: skip
                new, known = new + created, known + (not created)
            transaction.set_rollback(dry_run)
        problems = [{"line": line.line_number, "reason": line.reason} for line in lines if line.reason]
        report = {"accepted": new + known, "new": new, "rejected": len(problems), "problems": problems}
        self.stdout.write(
            json.dumps(report, ensure_ascii=False) if options["json"] else _summary(report, dry_run)
        )


def _read_text(file: Path) -> str:
    """The text of `file` in UTF-8, UTF-16 or Windows-1252. Raises `CommandError` if it cannot be read."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise CommandError(
                f"{file} is larger than {MAX_BYTES // 1_000_000} MB. Split it, and run this for each part."
            )
        data = file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read ({error.strerror}).") from None
    for encoding in ("utf-16", "utf-8-sig") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("windows-1252", "replace")


def _summary(report: dict[str, Any], dry_run: bool) -> str:
    lines = [f"line {problem['line']}: {problem['reason']}" for problem in report["problems"]]
    verb = "would be imported" if dry_run else "imported"
    accepted, new, rejected = report["accepted"], report["new"], report["rejected"]
    lines.append(f"{accepted} addresses {verb} ({new} of them new); {rejected} lines refused.")
    return "\n".join(lines)
