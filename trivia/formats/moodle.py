"""Moodle's XML: multichoice, truefalse, shortanswer and ordering. Other kinds become a `Problem`."""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from trivia.formats.parsed import (
    FALSE,
    TRUE,
    ParsedQuestion,
    Problem,
    UnreadableFile,
    difficulty_of,
    html_to_plain,
    question_or_problem,
)

COMMENT_OR_CDATA = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.S)
NOTES = ("difficulty", "source")  # Moodle has no fields for them, so they become tags: "difficulty:2"

type Answers = list[tuple[str, float]]  # text, share of the points
type ParsedAnswers = tuple[str, list[str], list[str]]  # kind, choices, correct


def is_this_format(text: str) -> bool:
    return re.match(r"\s*<", text) is not None and "<quiz" in text[:5_000]


def read(text: str) -> list[ParsedQuestion | Problem]:
    try:
        root = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", lambda match: "\n" * match[0].count("\n"), text))
    except (ParseError, DefusedXmlException) as error:
        raise UnreadableFile(f"This is no Moodle XML that we may read: {error}.") from None
    elements = list(root.iter("question"))
    pairs = zip(_line_numbers(text), elements, strict=False)
    return [_question(line, each) for line, each in pairs if each.get("type") != "category"]


def write(questions: Iterable[ParsedQuestion]) -> str:
    quiz = Element("quiz")
    for each in questions:
        _add_question(quiz, each)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def _line_numbers(text: str) -> Iterator[int]:
    """Yield the line number at which each question begins."""
    bare = COMMENT_OR_CDATA.sub(lambda match: "\n" * match[0].count("\n"), text)
    line, counted = 1, 0
    for match in re.finditer(r"<question[\s>]", bare):
        line, counted = line + bare.count("\n", counted, match.start()), match.start()
        yield line


def _text(element: Element, path: str) -> str:
    return html_to_plain(element.findtext(f"{path}/text") or "")


def _question(line: int, element: Element) -> ParsedQuestion | Problem:
    moodle_kind = element.get("type", "")
    if moodle_kind not in PARSERS:
        return Problem(line, f"“{moodle_kind}” is a kind we do not have.")
    answers = [
        (html_to_plain(each.findtext("text") or ""), _share(each)) for each in element.findall("answer")
    ]
    kind, choices, correct = PARSERS[moodle_kind](element, answers)
    tags = [html_to_plain(each.findtext("text") or "") for each in element.findall("tags/tag")]
    notes = dict(tag.split(":", 1) for tag in tags if tag.partition(":")[0] in NOTES and ":" in tag)
    return question_or_problem(
        line,
        kind,
        _text(element, "questiontext"),
        choices=choices,
        correct=correct,
        explanation=_text(element, "generalfeedback"),
        source=notes.get("source", ""),
        difficulty=difficulty_of(notes.get("difficulty")),
        tags=[tag for tag in tags if tag.partition(":")[0] not in NOTES],
    )


def _share(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _choice(element: Element, answers: Answers) -> ParsedAnswers:
    choices, correct = [text for text, _ in answers], [text for text, share in answers if share > 0]
    single = (element.findtext("single") or "true").strip() in ("true", "1")
    return "choice" if single else "several", choices, correct


def _true_false(element: Element, answers: Answers) -> ParsedAnswers:
    right = next((text for text, share in answers if share > 0), "")
    return "true_false", [TRUE, FALSE], [right.capitalize()] if right else []


def _typed(element: Element, answers: Answers) -> ParsedAnswers:
    return "typed", [], [text for text, share in answers if share > 0]


def _order(element: Element, answers: Answers) -> ParsedAnswers:
    steps = [text for text, _ in answers]
    return "order", steps, steps


PARSERS: dict[str, Callable[[Element, Answers], ParsedAnswers]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _typed,
    "ordering": _order,
}


def _add_question(quiz: Element, parsed: ParsedQuestion) -> None:
    is_plain_truth = parsed.kind == "true_false" and parsed.choices == (TRUE, FALSE)
    moodle_kind = {
        "typed": "shortanswer",
        "order": "ordering",
        "true_false": "truefalse" if is_plain_truth else "multichoice",
    }.get(parsed.kind, "multichoice")
    question = SubElement(quiz, "question", type=moodle_kind)
    _add_text(question, "name", parsed.text[:40])
    _add_text(question, "questiontext", parsed.text, format="plain_text")
    _add_text(question, "generalfeedback", parsed.explanation, format="plain_text")
    if moodle_kind == "multichoice":
        SubElement(question, "single").text = "false" if parsed.kind == "several" else "true"
    right_share = 100 / len(parsed.correct) if parsed.kind == "several" else 100
    for each in parsed.choices or parsed.correct:
        share = f"{right_share:.5g}" if each in parsed.correct else "0"
        _add_text(question, "answer", each.lower() if is_plain_truth else each, fraction=share)
    notes = [f"{name}:{getattr(parsed, name)}" for name in NOTES if getattr(parsed, name)]
    tags = SubElement(question, "tags")
    for tag in [*notes, *parsed.tags]:
        _add_text(tags, "tag", tag)


def _add_text(parent: Element, name: str, text: str, **attributes: str) -> None:
    """Add an element whose text is in a <text> child, as in Moodle: escaped as HTML, then as XML."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    SubElement(SubElement(parent, name, attributes), "text").text = escaped
