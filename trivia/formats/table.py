"""
CSV tables with the columns `question, correct_answer, wrong_answer_1 …, explanation, source, difficulty`.

More columns hold what these cannot express: `correct_answer_2 …`, `kind`, `places` (the positions of the
right answers among all, counted from 1) and `tags`.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from trivia.formats.lines import LONGEST_LINE, blank_long_lines
from trivia.formats.parsed import (
    KINDS,
    MOST_ANSWERS,
    ParsedQuestion,
    Problem,
    UnreadableFile,
    difficulty_of,
    kind_of,
    plain,
    question_or_problem,
)

COLUMNS = ["question", "kind", "places", "explanation", "source", "difficulty", "tags"]
# Headings of other tables as lower-case words → ours. A number at the end is kept.
HEADING_SYNONYMS = {
    "text": "question",
    "question text": "question",
    "answer": "correct_answer",
    "right answer": "correct_answer",
    "correct": "correct_answer",
    "wrong answer": "wrong_answer",
    "incorrect answer": "wrong_answer",
    "wrong": "wrong_answer",
    "option": "wrong_answer",
    "type": "kind",
    "feedback": "explanation",
    "level": "difficulty",
    "category": "tags",
}
NUMBERED = re.compile(r"^(correct_answer|wrong_answer)(?:_(\d{1,2}))?$")
QUOTED = re.compile(r"^'(?=[=+\-@\t\r'])")  # an apostrophe keeps a spreadsheet from executing a cell
FORMULA_STARTS = ("=", "+", "-", "@", "'", "\t", "\r")


def is_this_format(text: str) -> bool:
    first = next(filter(str.strip, text.split("\n")), "")
    return max(map(first.count, "\t,;|")) > 0 and len(first) < LONGEST_LINE


def headings_of(text: str) -> list[tuple[str, str]]:
    """Return (heading, our column name or "") for each column of the table."""
    _, first = _rows(blank_long_lines(text)[0])
    return [(heading, _column_of(heading)) for heading in first]


def read(text: str, headings: Mapping[str, str] | None = None) -> list[ParsedQuestion | Problem]:
    """Read a table. `headings` maps its headings to our columns, before our own guess of them."""
    text, long_lines = blank_long_lines(text)
    rows, first = _rows(text)
    names = [(headings or {}).get(heading, _column_of(heading)) for heading in first]
    if not {"question", "correct_answer"} <= {NUMBERED.sub(r"\1", name) for name in names}:
        raise UnreadableFile(
            "The first line must name the columns: question, correct_answer, wrong_answer_1, wrong_answer_2, "
            "wrong_answer_3, explanation, source, difficulty."
        )
    items = [Problem(number, f"The line is longer than {LONGEST_LINE} characters.") for number in long_lines]
    return items + [
        _question(line, dict(zip(names, cells, strict=False))) for line, cells in rows if any(cells)
    ]


def write(questions: Iterable[ParsedQuestion]) -> str:
    """Return the questions as CSV with a line of headings, as many answer columns as the longest needs."""
    questions = list(questions)
    names = _column_names(questions)
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(names)
    for each in questions:
        cells = _cells(each)
        table.writerow([_escape_formula(cells.get(name, "")) for name in names])
    return out.getvalue()


def _column_names(questions: list[ParsedQuestion]) -> list[str]:
    wrong = max((len(_wrong_answers(each)) for each in questions), default=0)
    right = max((len(each.correct) for each in questions), default=1)
    return [
        "question",
        "kind",
        "correct_answer",
        *(f"correct_answer_{number}" for number in range(2, right + 1)),
        *(f"wrong_answer_{number}" for number in range(1, max(wrong, 3) + 1)),
        *COLUMNS[2:],
    ]


def _cells(parsed: ParsedQuestion) -> dict[str, str]:
    """The cells of one row by column name; a column that is missing is empty."""
    cells = {
        "question": parsed.text,
        "kind": parsed.kind,
        "explanation": parsed.explanation,
        "source": parsed.source,
        "difficulty": str(parsed.difficulty or ""),
        "tags": "; ".join(parsed.tags),
    }
    cells |= {f"correct_answer_{number}": answer for number, answer in enumerate(parsed.correct, 1)}
    cells |= {f"wrong_answer_{number}": answer for number, answer in enumerate(_wrong_answers(parsed), 1)}
    cells["correct_answer"] = parsed.correct[0]
    if parsed.kind in ("choice", "several", "true_false"):
        cells["places"] = " ".join(str(parsed.choices.index(answer) + 1) for answer in parsed.correct)
    return cells


def _wrong_answers(parsed: ParsedQuestion) -> list[str]:
    return [each for each in parsed.choices if each not in parsed.correct]


def _escape_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Return ((line number, cells) per row, the headings). The delimiter is the most frequent in line 1."""
    first = next(filter(str.strip, text.split("\n")), "")
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(10 * LONGEST_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(
            f"From line {line} on this is no table: a quotation mark is never closed."
        ) from None
    rows = [row for row in rows if any(row[1])]
    return rows[1:], rows[0][1] if rows else []


def _column_of(heading: str) -> str:
    """Our column for a heading, as wrong_answer_2 for "Wrong answer 2"; "" for an unknown one."""
    words = " ".join(re.findall(r"[a-z]+|\d+", heading.casefold()))
    name, _, number = words.rpartition(" ") if words[-1:].isdigit() else (words, "", "")
    name = HEADING_SYNONYMS.get(name, name.replace(" ", "_"))
    if NUMBERED.match(name):
        return f"{name}_{number}" if number and (name, number) != ("correct_answer", "1") else name
    return name if name in COLUMNS else ""


def _question(line: int, row: dict[str, str]) -> ParsedQuestion | Problem:
    row = {name: plain(QUOTED.sub("", cell)) for name, cell in row.items() if name}
    answers = {kind: _numbered(row, kind) for kind in ("correct_answer", "wrong_answer")}
    correct, wrong = answers["correct_answer"], answers["wrong_answer"]
    kind = row.get("kind", "")
    if kind and kind not in KINDS:
        return Problem(line, f"“{kind}” is a kind we do not have: {', '.join(KINDS)}.")
    kind = kind or kind_of([*correct, *wrong] if wrong else [], correct)
    choices = [] if kind == "typed" else _insert_right_answers(correct, wrong, row.get("places", ""))
    return question_or_problem(
        line,
        kind,
        row.get("question", ""),
        choices=choices,
        correct=correct,
        explanation=row.get("explanation", ""),
        source=row.get("source", ""),
        difficulty=difficulty_of(row.get("difficulty")),
        tags=[tag for tag in re.split(r"\s*;\s*", row.get("tags", "")) if tag],
    )


def _insert_right_answers(correct: list[str], wrong: list[str], places: str) -> list[str]:
    """All answers, with the right ones at the positions `places` ("2 4"), or first if it is empty."""
    choices = list(wrong)
    numbers = [int(each) for each in places.split() if each.isdigit()] or range(1, len(correct) + 1)
    for number, answer in zip(numbers, correct, strict=False):
        choices.insert(number - 1, answer)
    return choices


def _numbered(row: dict[str, str], kind: str) -> list[str]:
    """The answers of the columns `kind`, `kind`_1 …, by number and without empty cells."""
    found = [
        (int(match[2] or 0), row[name])
        for name in row
        if (match := NUMBERED.match(name)) and match[1] == kind
    ]
    return [answer for _, answer in sorted(found)[:MOST_ANSWERS] if answer]
