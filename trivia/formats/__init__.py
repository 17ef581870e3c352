"""
Questions from files, and files from questions: one module for each format.

`read` is the door in, `write` the door out. What is read is clean; nothing is stored here.
"""

from typing import NamedTuple

from trivia.formats import aiken, gift, moodle, opentdb, opentriviaqa, own, table
from trivia.formats.lines import decoded
from trivia.formats.parsed import Parsed, Problem, Unreadable

# Name → its module, in the order in which a file is tried; each has `is_it(text)` and `read(text)`.
FORMATS = {
    "json": own,
    "opentdb": opentdb,
    "moodle": moodle,
    "opentriviaqa": opentriviaqa,
    "gift": gift,
    "aiken": aiken,
    "csv": table,
}
WRITTEN = ("csv", "gift", "moodle", "json")
BIGGEST = 50_000_000  # bytes


class Reading(NamedTuple):
    """What a file held: the format it was in, its questions, and what will not come."""

    format: str
    questions: list
    problems: list

    def as_dict(self):
        return {
            "format": self.format,
            "accepted": len(self.questions),
            "rejected": len(self.problems),
            "problems": [{"line": each.line, "reason": each.reason} for each in self.problems],
            "questions": [each.as_dict() for each in self.questions],
        }


def looks_like(text):
    """The name of the format that a text is in, by its own looks; None if it is none of ours."""
    return next((name for name, module in FORMATS.items() if module.is_it(text)), None)


def read(data, name=None, headings=None):
    """
    The questions in `data` (bytes), as a `Reading`.

    `name` is one of `FORMATS`; without it the file says by its own looks what it is. `headings`
    maps a table's own headings to ours. Raises `Unreadable` where the file as a whole makes no sense.
    """
    if len(data) > BIGGEST:
        raise Unreadable(f"The file is larger than {BIGGEST // 1_000_000} MB. Split it.")
    text = decoded(data)
    if not text.strip():
        raise Unreadable("There is nothing in this file.")
    name = name or looks_like(text)
    if name is None:
        raise Unreadable(
            "This is none of the formats we know: OpenTDB JSON, GIFT, Aiken, Moodle XML, OpenTriviaQA, CSV."
        )
    items = FORMATS[name].read(text, headings) if name == "csv" else FORMATS[name].read(text)
    items = sorted(items, key=lambda item: item.line)
    questions = [each for each in items if isinstance(each, Parsed)]
    return Reading(name, questions, [each for each in items if isinstance(each, Problem)])


def write(questions, name):
    """The file, as text, that holds these `Parsed` questions; `name` is one of `WRITTEN`."""
    return FORMATS[name].write(questions)
