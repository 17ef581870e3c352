"""A question as a file tells it, what cannot become one, and the cleaning that every text goes through."""

import html
import re
from dataclasses import dataclass
from typing import Any

import nh3

LONGEST_TEXT, LONGEST_ANSWER, LONGEST_NOTE, MOST_ANSWERS = 1_000, 250, 1_000, 12
KINDS = ("choice", "true_false", "several", "typed", "order")
DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3}
TRUE, FALSE = "True", "False"
# What is markup and not arithmetic: "a<b" stays, "<b>" goes.
TAG = re.compile(
    r"<!--|</?(?:a|b|big|br|center|code|div|em|embed|font|form|h[1-6]|hr|i|iframe|img|input|li|link|meta|object|ol"
    r"|p|pre|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul|video)(?:\s[^>]*|/)?>",
    re.I,
)
BREAK = re.compile(r"<(?:br|p|div|li)\b[^>]*>", re.I)
# What a spreadsheet would run: =HYPERLINK(…), +cmd|…, @SUM(…). "-5" and "= 4" are answers.
FORMULA = re.compile(r"^[=+\-@]\s*[A-Za-z_.]+\s*[(|!]")
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u200b\u202a-\u202e\u2066-\u2069]")


class UnreadableFile(Exception):
    """A file that holds no questions of its kind; the text says what was expected."""


@dataclass(frozen=True)
class Problem:
    """A question that will not come, and why. `line` counts from 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class ParsedQuestion:
    """
    One question. `choices` are what a player sees, () for a typed answer; `correct` are those of
    them that are right, in the right order for `order`, or the accepted spellings of a typed answer.
    `difficulty` runs from 1, easy, to 3; None is unknown.
    """

    line: int
    kind: str
    text: str
    choices: tuple = ()
    correct: tuple = ()
    explanation: str = ""
    source: str = ""
    difficulty: int | None = None
    tags: tuple = ()

    def as_dict(self) -> dict[str, list[str] | str]:
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
    """`text` as one line without markup, control signs or what only a program sees."""
    text = INVISIBLE.sub("", text)
    while TAG.search(text):  # what was hidden in entities may be markup again
        text = html.unescape(nh3.clean(BREAK.sub(" ", text), tags=set()))
        text = INVISIBLE.sub("", text)
    return " ".join(text.split())


def html_to_plain(text: str) -> str:
    """The same for a text that is HTML by its format: its entities are decoded, once."""
    return plain(text) if TAG.search(text) else plain(html.unescape(text))


def question_or_problem(line: int, kind: str, text: str, **more: Any) -> ParsedQuestion | Problem:
    """A `ParsedQuestion`, or the `Problem` that keeps it from being one. Texts are `plain` already."""
    more = {name: _as_tuple(value) for name, value in more.items()}
    choices, correct = more.get("choices", ()), more.get("correct", ())
    if kind == "choice" and kind_of(choices, correct) == "true_false":
        kind = "true_false"
    if kind == "several":
        more["correct"] = tuple(each for each in choices if each in correct)
    parsed = ParsedQuestion(line, kind, text, **more)
    problem = question_problem(parsed)
    return Problem(line, problem) if problem else parsed


def kind_of(choices: list[str] | tuple[Any, ...], correct: list[str] | tuple[Any, ...]) -> str:
    """The kind that these answers make, where the file does not say."""
    if not choices:
        return "typed"
    if {each.casefold() for each in choices} == {"true", "false"}:
        return "true_false"
    return "several" if len(correct) > 1 else "choice"


def difficulty_of(text: str) -> int | None:
    """1 to 3 for "easy", "Medium", "3"; None for anything else."""
    text = str(text or "").strip().casefold()
    return DIFFICULTIES.get(text) or (int(text) if text in ("1", "2", "3") else None)


def question_problem(parsed: ParsedQuestion) -> str | None:
    """Why this is no question, as a sentence for an editor; None if it is one."""
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


def _as_tuple(value: int | str | list[str] | None) -> int | str | tuple[Any, ...] | None:
    return tuple(value) if isinstance(value, list) else value
