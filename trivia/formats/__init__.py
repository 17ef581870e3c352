"""
Reads questions from files and writes them to files, with one module for each format.

The texts that `read` returns are plain text. Nothing is saved to the database here.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from trivia.formats import aiken, gift, moodle, native_json, opentdb, opentriviaqa, table
from trivia.formats.lines import decoded
from trivia.formats.parsed import ParsedQuestion, Problem, UnreadableFile

# Name → its module, in the order in which a file is tried; each has `is_this_format(text)` and `read(text)`.
FORMATS = {
    "json": native_json,
    "opentdb": opentdb,
    "moodle": moodle,
    "opentriviaqa": opentriviaqa,
    "gift": gift,
    "aiken": aiken,
    "csv": table,
}
WRITABLE_FORMATS = ("csv", "gift", "moodle", "json")
MAX_FILE_BYTES = 50_000_000  # bytes


class ParsedFile(NamedTuple):
    """The result of reading a file: its format, its questions, and the entries that cannot be imported."""

    format: str
    questions: list[ParsedQuestion]
    problems: list[Problem]

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "accepted": len(self.questions),
            "rejected": len(self.problems),
            "problems": [{"line": each.line, "reason": each.reason} for each in self.problems],
            "questions": [each.as_dict() for each in self.questions],
        }


def detect_format(text: str) -> str | None:
    """Guess the format of a text from its content; None if it is none of `FORMATS`."""
    return next((name for name, module in FORMATS.items() if module.is_this_format(text)), None)


def read(data: bytes, name: str | None = None, headings: Mapping[str, str] | None = None) -> ParsedFile:
    """
    The questions in `data` (bytes), as a `ParsedFile`.

    `name` is one of `FORMATS`; without it the format is detected from the content. `headings` maps the
    headings of a CSV table to our column names. Raises `UnreadableFile` if the file cannot be parsed.
    """
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"The file is larger than {MAX_FILE_BYTES // 1_000_000} MB. Split it.")
    text = decoded(data)
    if not text.strip():
        raise UnreadableFile("There is nothing in this file.")
    name = name or detect_format(text)
    if name is None:
        raise UnreadableFile(
            "This is none of the formats we know: OpenTDB JSON, GIFT, Aiken, Moodle XML, OpenTriviaQA, CSV."
        )
    items = FORMATS[name].read(text, headings) if name == "csv" else FORMATS[name].read(text)
    items = sorted(items, key=lambda item: item.line)
    questions = [each for each in items if isinstance(each, ParsedQuestion)]
    return ParsedFile(name, questions, [each for each in items if isinstance(each, Problem)])


def write(questions: Iterable[ParsedQuestion], name: str) -> str:
    """The text of a file with these questions; `name` is one of `WRITABLE_FORMATS`."""
    return FORMATS[name].write(questions)
