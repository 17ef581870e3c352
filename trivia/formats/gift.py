"""
GIFT, as Moodle writes and reads it: `::name:: question {=right ~wrong ####explanation}`.

Tags, difficulty and source have no syntax in GIFT. They are written as comments above a question, as
Moodle does with tags: `// [tag:noir]`, `// difficulty: 2`, `// source: …`. A question of the kind "order"
is written as a matching of 1, 2, 3 with the steps.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from trivia.formats.lines import LONGEST_LINE, blank_long_lines
from trivia.formats.parsed import (
    FALSE,
    TRUE,
    ParsedQuestion,
    Problem,
    difficulty_of,
    html_to_plain,
    plain,
    question_or_problem,
)

SIGN = re.compile(r"\\(.)", re.S)
ESCAPING = re.compile(r"([~=#{}:\\])")
TOKEN = re.compile(r"\\.|.", re.S)
MARKUP = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
NOTE = re.compile(r"^//\s*(?:\[tag:(?P<tag>.*)\]|(?P<name>difficulty|source):\s*(?P<value>.*?))\s*$")
WEIGHT = re.compile(r"^\s*%(-?[\d.]+)%")
BLANK = "_____"

type ParsedAnswers = tuple[str, list[str], list[str]]  # kind, choices, correct


def is_this_format(text: str) -> bool:
    return re.search(r"(?<!\\)\{[^{}]*[=~#TF][^{}]*(?<!\\)\}", text[:200_000]) is not None and not re.match(
        r"\s*<", text
    )


def read(text: str) -> list[ParsedQuestion | Problem]:
    text, long_lines = blank_long_lines(text)
    items = [Problem(number, f"The line is longer than {LONGEST_LINE} characters.") for number in long_lines]
    return items + [_question(*block) for block in _blocks(text.split("\n"))]


def write(questions: Iterable[ParsedQuestion]) -> str:
    return "\n".join(_formatted(each) for each in questions)


def _blocks(lines: list[str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield (number of the first line, text, values from comments) of each block between empty lines."""
    block: list[str] = []
    notes: dict[str, Any] = {}
    first = 0
    for number, line in enumerate([*lines, ""], 1):
        note = NOTE.match(line)
        if note and not block:
            _add_note(notes, note)
        elif line.lstrip().startswith("//") or (not block and line.startswith("$CATEGORY:")):
            continue
        elif line.strip():
            first = first if block else number
            block.append(line)
        elif block:
            yield first, "\n".join(block), notes
            block, notes = [], {}


def _add_note(notes: dict[str, Any], note: re.Match[str]) -> None:
    if note["tag"] is not None:
        notes.setdefault("tags", []).append(plain(_unescaped(note["tag"])))
    else:
        value = plain(_unescaped(note["value"]))
        notes[note["name"]] = difficulty_of(value) if note["name"] == "difficulty" else value


def _question(line: int, text: str, notes: dict[str, Any]) -> ParsedQuestion | Problem:
    words, answers, markup = _split_question(text.strip())
    if answers is None:
        return Problem(line, "There are no answers in braces: {=right ~wrong}.")
    clean = html_to_plain if markup == "html" else plain
    answers, _, explanation = answers.partition("####")
    parsed = _parsed_answers(
        answers.strip(), lambda part: clean(_unescaped(split_unescaped(part, "#")[0][1]))
    )
    if isinstance(parsed, str):
        return Problem(line, parsed)
    kind, choices, correct = parsed
    more = notes | {"explanation": clean(_unescaped(explanation))}
    return question_or_problem(line, kind, clean(_unescaped(words)), choices=choices, correct=correct, **more)


def split_unescaped(text: str, signs: str) -> list[tuple[str, str]]:
    """
    Split `text` before each of `signs` that has no backslash before it. Returns (sign, piece) pairs.

    The sign of the first piece is "". Pieces keep their backslashes.
    """
    pieces: list[tuple[str, list[str]]] = [("", [])]
    for token in TOKEN.findall(text):
        if token in signs:
            pieces.append((token, []))
        else:
            pieces[-1][1].append(token)
    return [(sign, "".join(piece)) for sign, piece in pieces]


def _split_question(text: str) -> tuple[str, str | None, str]:
    """Return (question, answers or None, markup) without the name; text after the answers follows a blank."""
    if text.startswith("::"):
        text = re.sub(r"^::(?:\\.|[^\\])*?::", "", text, flags=re.S)
    markup = MARKUP.match(text)
    pieces = split_unescaped(MARKUP.sub("", text), "{}")
    if [sign for sign, _ in pieces[:3]] != ["", "{", "}"]:
        return "", None, ""
    (_, before), (_, answers), (_, after), *_ = pieces
    words = f"{before.rstrip()} {BLANK} {after.strip()}" if after.strip() else before
    return words, answers, markup[1] if markup else ""


def _parsed_answers(answers: str, clean: Callable[[str], str]) -> ParsedAnswers | str:
    """Return (kind, choices, correct) of the text in braces, or the reason why we cannot import it."""
    truth = re.match(r"(TRUE|FALSE|T|F)\s*(?:#|$)", answers, re.I)
    if truth:
        return "true_false", [TRUE, FALSE], [TRUE if truth[1][0] in "Tt" else FALSE]
    if not answers.startswith(("=", "~")):
        return UNSUPPORTED.get(answers[:1], "The answers begin with neither = nor ~.")
    parts = [(sign, *_split_weight(piece)) for sign, piece in split_unescaped(answers, "=~")[1:]]
    if all(sign == "=" and "->" in text for sign, _, text in parts):
        return _parsed_order([clean(text) for _, _, text in parts])
    return _parsed_choices([(clean(text), sign, weight) for sign, weight, text in parts])


UNSUPPORTED = {
    "": "An essay has no right answer that we could mark.",
    "#": "A number with a tolerance is a kind we do not have.",
}


def _split_weight(piece: str) -> tuple[float | None, str]:
    """Return (percentage, or None if there is none, and the rest) of an answer such as `%50%Murnau`."""
    weight = WEIGHT.match(piece)
    if weight is None:
        return None, piece
    try:
        return float(weight[1]), piece[weight.end() :]
    except ValueError:
        return 0.0, piece[weight.end() :]


def _parsed_choices(parts: list[tuple[str, str, float | None]]) -> ParsedAnswers:
    """Return (kind, choices, correct) for parts of (text, sign, weight)."""
    choices = [text for text, _, _ in parts]
    correct = [text for text, sign, weight in parts if sign == "=" or (weight or 0) > 0]
    if all(sign == "=" for _, sign, _ in parts):
        return "typed", [], choices
    weighed = any(sign == "~" and (weight or 0) > 0 for _, sign, weight in parts)
    return "several" if weighed or len(correct) > 1 else "choice", choices, correct


def _parsed_order(pairs: list[str]) -> ParsedAnswers | str:
    """Return (kind, choices, correct) of a matching whose left sides are 1, 2, 3 …, or the reason."""
    sides = [[side.strip() for side in pair.split("->", 1)] for pair in pairs]
    if {left for left, _ in sides} != {str(number + 1) for number in range(len(sides))}:
        return "A matching is a kind we do not have, unless it matches 1, 2, 3 with the steps of an order."
    steps = [step for _, step in sorted((int(number), step) for number, step in sides)]
    return "order", steps, steps


def _unescaped(text: str) -> str:
    return SIGN.sub(lambda match: " " if match[1] == "n" else match[1], text)


def _escaped(text: str) -> str:
    return ESCAPING.sub(r"\\\1", text)


def _formatted(parsed: ParsedQuestion) -> str:
    notes = [f"// [tag:{_escaped(tag)}]" for tag in parsed.tags]
    notes += [f"// difficulty: {parsed.difficulty}"] if parsed.difficulty else []
    notes += [f"// source: {_escaped(parsed.source)}"] if parsed.source else []
    explanation = f"####{_escaped(parsed.explanation)}" if parsed.explanation else ""
    body = " ".join(filter(None, [_formatted_answers(parsed), explanation]))
    return "\n".join(
        [*notes, f"::{_escaped(parsed.text[:40])}::[plain]{_escaped(parsed.text)} {{{body}}}", ""]
    )


def _formatted_answers(parsed: ParsedQuestion) -> str:
    if parsed.kind == "true_false" and parsed.choices == (TRUE, FALSE):
        return "TRUE" if parsed.correct == (TRUE,) else "FALSE"
    if parsed.kind == "typed":
        return " ".join(f"={_escaped(each)}" for each in parsed.correct)
    if parsed.kind == "order":
        return " ".join(f"={number} -> {_escaped(step)}" for number, step in enumerate(parsed.correct, 1))
    if parsed.kind == "several":
        share = 100 / len(parsed.correct)
        return " ".join(
            f"~%{share:.5f}%{_escaped(each)}" if each in parsed.correct else f"~{_escaped(each)}"
            for each in parsed.choices
        )
    return " ".join(f"{'=' if each in parsed.correct else '~'}{_escaped(each)}" for each in parsed.choices)
