"""OpenTDB's JSON, with texts encoded as HTML entities, base64, percent signs, or not at all."""

import base64
import binascii
import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import unquote

from trivia.formats.parsed import (
    FALSE,
    TRUE,
    ParsedQuestion,
    Problem,
    UnreadableFile,
    difficulty_of,
    plain,
    question_or_problem,
)

PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
SEPARATORS = re.compile(r"[\s,]*")  # between two objects of a list; matches the empty text too
TYPES = {"multiple", "boolean"}


def is_this_format(text: str) -> bool:
    return text.lstrip()[:1] in "[{" and '"correct_answer"' in text


def read(text: str) -> list[ParsedQuestion | Problem]:
    items = list(objects(text, "results"))
    decode = _decoding_of([item for _, item in items if isinstance(item, dict)])
    return [_question(line, item, decode) for line, item in items]


def objects(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """
    Yield (line number, object) for each object in a JSON list, or in the list under the key `name`.

    Raises `UnreadableFile` if the text is no JSON or has no such list.
    """
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = (
            f"line {error.lineno}, {error.msg}"
            if isinstance(error, json.JSONDecodeError)
            else "it is nested too deeply"
        )
        raise UnreadableFile(f"This is no JSON: {where}.") from None
    found = whole.get(name) if isinstance(whole, dict) else whole
    if not isinstance(found, list):
        raise UnreadableFile(f"There is no list of questions in this file: it wants “{name}”.")
    at = text.index("[", text.index(f'"{name}"') if isinstance(whole, dict) else 0) + 1
    decoder, line, counted = json.JSONDecoder(), 1, 0
    for _ in found:
        at = cast("re.Match[str]", SEPARATORS.match(text, at)).end()
        line, counted = line + text.count("\n", counted, at), at
        item, at = decoder.raw_decode(text, at)
        yield line, item


def _decoding_of(items: list[dict[str, Any]]) -> Callable[[str], str]:
    """Return the function that decodes the texts of this file; one encoding holds for all of them."""
    types = {item.get("type") for item in items}
    if types and types <= {base64.b64encode(each.encode()).decode() for each in TYPES}:
        return _from_base64
    words = "".join(str(item.get("question", "")) for item in items)
    if PERCENT.search(words) and " " not in words:
        return unquote
    return html.unescape


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _question(line: int, item: Any, decode: Callable[[str], str]) -> ParsedQuestion | Problem:
    if not isinstance(item, dict):
        return Problem(line, "This is no question.")
    wrong = item.get("incorrect_answers")
    correct = plain(decode(str(item.get("correct_answer") or "")))
    others = [plain(decode(str(each))) for each in wrong] if isinstance(wrong, list) else []
    category = plain(decode(str(item.get("category") or "")))
    is_boolean = {correct, *others} <= {TRUE, FALSE} and correct
    return question_or_problem(
        line,
        "true_false" if is_boolean else "choice",
        plain(decode(str(item.get("question") or ""))),
        choices=[TRUE, FALSE] if is_boolean else [correct, *others],
        correct=[correct] if correct else [],
        difficulty=difficulty_of(decode(str(item.get("difficulty") or ""))),
        tags=[category[:100]] if category else [],
    )
