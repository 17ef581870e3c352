"""OpenTriviaQA's text files: `#Q` question, `^` right answer, then the answers after letters A to Z."""

import re

from trivia.formats.lines import LONGEST_LINE, blank_long_lines
from trivia.formats.parsed import ParsedQuestion, Problem, kind_of, plain, question_or_problem

CHOICE = re.compile(r"^([A-Z])\s+(.*)$")


def is_this_format(text: str) -> bool:
    return re.search(r"^#Q\s", text, re.M) is not None


def read(text: str) -> list[ParsedQuestion | Problem]:
    text, long_lines = blank_long_lines(text)
    items: list[ParsedQuestion | Problem] = [
        Problem(number, f"The line is longer than {LONGEST_LINE} characters.") for number in long_lines
    ]
    block: list[str] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), "#Q"], 1):
        if line.startswith("#Q"):
            if block:
                items.append(_question(first, block))
            block, first = [line[2:]], number
        elif block:
            block.append(line)
    return items


def _question(line: int, block: list[str]) -> ParsedQuestion | Problem:
    words, right, choices = _parts(block)
    # The right answer is written twice, sometimes with different capitals.
    correct = [each for each in choices if right and each.casefold() == right.casefold()]
    if right and not correct:
        return Problem(line, "The right answer is not among the answers.")
    return question_or_problem(line, kind_of(choices, correct), words, choices=choices, correct=correct)


def _parts(block: list[str]) -> tuple[str, str, list[str]]:
    """Return (question, right answer, answers). Each may extend over several lines."""
    parts, choices = [[block[0]]], []
    for each in filter(str.strip, block[1:]):
        choice = CHOICE.match(each)
        if each.startswith("^"):
            parts.append([each[1:]])
        elif choice and len(parts) > 1:
            choices.append([choice[2]])
        else:
            (choices or parts)[-1].append(each)
    words, right, *_ = [*(plain(" ".join(part)) for part in parts), ""]
    return words, right, [plain(" ".join(choice)) for choice in choices]
