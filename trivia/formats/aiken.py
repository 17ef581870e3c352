"""The Aiken format: a question, answers with letters, and a line such as `ANSWER: B`."""

import re
from collections.abc import Iterator

from trivia.formats.lines import LONGEST_LINE, blank_long_lines
from trivia.formats.parsed import ParsedQuestion, Problem, kind_of, plain, question_or_problem

ANSWER = re.compile(r"^\s*ANSWER\s*:\s*([A-Z])\s*$", re.I)
CHOICE = re.compile(r"^\s*([A-Z])\s*[.)]\s+(.*)$")


def is_this_format(text: str) -> bool:
    return any(map(ANSWER.match, text.split("\n")))


def read(text: str) -> list[ParsedQuestion | Problem]:
    text, long_lines = blank_long_lines(text)
    items = [Problem(number, f"The line is longer than {LONGEST_LINE} characters.") for number in long_lines]
    return items + [_question(block) for block in _blocks(text.split("\n"))]


class Block:
    """The lines of one question, collected one after another."""

    def __init__(self) -> None:
        self.first = 0  # number of its first line, counted from 1
        self.words: list[str] = []
        self.answers: dict[str, str] = {}  # by letter
        self.letter: str | None = None  # of the right answer

    def add_line(self, number: int, line: str) -> bool:
        """Add a line; returns False, and adds nothing, if it begins the next question."""
        answer, choice = ANSWER.match(line), CHOICE.match(line)
        if self.letter or (self.answers and line.strip() and not (answer or choice)):
            return False
        if answer and self.words:
            self.letter = answer[1].upper()
        elif choice and self.words:
            self.answers[choice[1]] = choice[2]
        elif line.strip():
            self.first = self.first or number
            self.words.append(line)
        return True


def _blocks(lines: list[str]) -> Iterator[Block]:
    block = Block()
    for number, line in enumerate(lines, 1):
        if not block.add_line(number, line):
            yield block
            block = Block()
            block.add_line(number, line)
    if block.words:
        yield block


def _question(block: Block) -> ParsedQuestion | Problem:
    if block.letter is None:
        return Problem(block.first, "There is no line that says ANSWER: and a letter.")
    if block.letter not in block.answers:
        return Problem(block.first, f"The right answer is {block.letter}, and no answer has that letter.")
    choices, correct = [plain(each) for each in block.answers.values()], [plain(block.answers[block.letter])]
    words = plain(" ".join(block.words))
    return question_or_problem(
        block.first, kind_of(choices, correct), words, choices=choices, correct=correct
    )
