"""A question as read from a file, the reasons why an entry is no question, and the cleaning of texts."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import nh3

LONGEST_TEXT, LONGEST_ANSWER, LONGEST_NOTE, MOST_ANSWERS = 1_000, 250, 1_000, 12
KINDS = ("choice", "true_false", "several", "typed", "order")
DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3}
TRUE, FALSE = "True", "False"
# Only real HTML tags count as markup: "<b>" is removed, "a<b" is kept.
TAG = re.compile(
    r"<!--|</?(?:a|b|big|br|center|code|div|em|embed|font|form|h[1-6]|hr|i|iframe|img|input|li|link|meta|object|ol"
    r"|p|pre|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul|video)(?:\s[^>]*|/)?>",
    re.I,
)
BREAK = re.compile(r"<(?:br|p|div|li)\b[^>]*>", re.I)
# Texts that a spreadsheet would execute: =HYPERLINK(…), +cmd|…, @SUM(…). "-5" and "= 4" are not.
FORMULA = re.compile(r"^[=+\-@]\s*[A-Za-z_.]+\s*[(|!]")
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u200b\u202a-\u202e\u2066-\u2069]")


class UnreadableFile(Exception):
    """A file cannot be parsed. The message tells an editor what was expected."""


@dataclass(frozen=True)
class Problem:
    """An entry that cannot be imported, and the reason as a sentence. `line` counts from 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class ParsedQuestion:
    """
    One question as read from a file, or as written to one.

    `choices` are the answers a player sees, () for a typed answer. `correct` are the right ones among
    them (in the right order for the kind "order"), or the accepted spellings of a typed answer.
    `difficulty` is 1 (easy) to 3 (hard), or None if unknown. `line` counts from 1.
    """

    line: int
    kind: str
    text: str
    choices: tuple[str, ...] = ()
    correct: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "kind": self.kind,
            "choices": list(self.choices),
            "correct": list(self.correct),
            "explanation": self.explanation,
            "source": self.source,
            "difficulty": self.difficulty,
            "tags": list(self.tags),
        }


def plain(text: str) -> str:
    """Return `text` as one line without HTML tags, control characters or invisible characters."""
    text = INVISIBLE.sub("", text)
    while TAG.search(text):  # unescaping entities can produce tags again
        text = html.unescape(nh3.clean(BREAK.sub(" ", text), tags=set()))
        text = INVISIBLE.sub("", text)
    return " ".join(text.split())


def html_to_plain(text: str) -> str:
    """As `plain`, for a text that its format defines as HTML: entities are decoded once."""
    return plain(text) if TAG.search(text) else plain(html.unescape(text))


def question_or_problem(line: int, kind: str, text: str, **more: Any) -> ParsedQuestion | Problem:
    """Return a `ParsedQuestion`, or a `Problem` if it is not valid. Texts must be `plain` already."""
    more = {name: _as_tuple(value) for name, value in more.items()}
    choices, correct = more.get("choices", ()), more.get("correct", ())
    if kind == "choice" and kind_of(choices, correct) == "true_false":
        kind = "true_false"
    if kind == "several":
        more["correct"] = tuple(each for each in choices if each in correct)
    parsed = ParsedQuestion(line, kind, text, **more)
    problem = question_problem(parsed)
    return Problem(line, problem) if problem else parsed


def kind_of(choices: Sequence[str], correct: Sequence[str]) -> str:
    """The kind of question that these answers imply, for files that do not name one."""
    if not choices:
        return "typed"
    if {each.casefold() for each in choices} == {"true", "false"}:
        return "true_false"
    return "several" if len(correct) > 1 else "choice"


def difficulty_of(text: object) -> int | None:
    """1 to 3 for "easy", "Medium", "3"; None for anything else."""
    text = str(text or "").strip().casefold()
    return DIFFICULTIES.get(text) or (int(text) if text in ("1", "2", "3") else None)


def question_problem(parsed: ParsedQuestion) -> str | None:
    """Why this question is not valid, as a sentence for an editor; None if it is valid."""
    return next(
        filter(None, (check(parsed) for check in (_text_problem, _answers_problem, _key_problem))), None
    )


def _text_problem(parsed: ParsedQuestion) -> str | None:
    if not parsed.text:
        return "There is no question."
    if len(parsed.text) > LONGEST_TEXT:
        return f"The question is longer than {LONGEST_TEXT} characters."
    if max(len(parsed.explanation), len(parsed.source)) > LONGEST_NOTE:
        return f"The explanation or the source is longer than {LONGEST_NOTE} characters."
    if any(FORMULA.match(each) for each in (parsed.text, parsed.explanation, parsed.source)):
        return "A text begins like a spreadsheet formula."
    return None


def _answers_problem(parsed: ParsedQuestion) -> str | None:
    answers = parsed.choices or parsed.correct
    if not all(answers):
        return "An answer is empty."
    if len(answers) > MOST_ANSWERS:
        return f"There are more than {MOST_ANSWERS} answers."
    if any(len(each) > LONGEST_ANSWER for each in answers):
        return f"An answer is longer than {LONGEST_ANSWER} characters."
    if any(FORMULA.match(each) for each in answers):
        return "An answer looks like a spreadsheet formula."
    if len({each.casefold() for each in answers}) < len(answers):
        return "Two answers are the same."
    return None


def _key_problem(parsed: ParsedQuestion) -> str | None:
    if not parsed.correct:
        return "No answer is marked as right."
    if parsed.kind == "typed":
        return None
    if len(parsed.choices) < 2:
        return "There is nothing to choose from: give at least two answers."
    if not set(parsed.correct) <= set(parsed.choices):
        return "The right answer is not among the answers."
    if parsed.kind in ("choice", "true_false") and len(parsed.correct) > 1:
        return "More than one answer is marked as right."
    return None


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
