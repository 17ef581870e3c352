"""The magazine's own JSON format; `import_questions --json` prints it."""

import json
from collections.abc import Iterable
from typing import Any

from trivia.formats.opentdb import objects
from trivia.formats.parsed import KINDS, ParsedQuestion, Problem, difficulty_of, plain, question_or_problem


def is_this_format(text: str) -> bool:
    return text.lstrip()[:1] == "{" and '"questions"' in text and '"correct"' in text


def read(text: str) -> list[ParsedQuestion | Problem]:
    return [_question(line, item) for line, item in objects(text, "questions")]


def write(questions: Iterable[ParsedQuestion]) -> str:
    return (
        json.dumps({"questions": [each.as_dict() for each in questions]}, ensure_ascii=False, indent=1) + "\n"
    )


def _question(line: int, item: Any) -> ParsedQuestion | Problem:
    if not isinstance(item, dict) or item.get("kind") not in KINDS:
        return Problem(line, f"This is no question of a kind we know: {', '.join(KINDS)}.")
    lists = {name: _as_list(item.get(name)) for name in ("choices", "correct", "tags")}
    return question_or_problem(
        line,
        item["kind"],
        plain(str(item.get("text") or "")),
        **{name: [plain(str(each)) for each in values] for name, values in lists.items()},
        explanation=plain(str(item.get("explanation") or "")),
        source=plain(str(item.get("source") or "")),
        difficulty=difficulty_of(item.get("difficulty")),
    )


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
