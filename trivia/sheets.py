"""A quiz on paper. Both sheets, questions and answers, show the choices with the same letters."""

from typing import NamedTuple

from django.utils.crypto import salted_hmac

from trivia.marking import right_answers
from trivia.models import Option, Question, Quiz

LETTERS = "ABCDEFGHIJKL"  # a question has twelve answers at most


class SheetQuestion(NamedTuple):
    """A question on paper: (letter, text) of each choice ([] for a typed answer), and the right answers."""

    question: Question
    choices: list[tuple[str, str]]
    right_answers: list[str]


def sheet_questions(quiz: Quiz) -> list[SheetQuestion]:
    """The questions of `quiz` for both sheets; two queries."""
    questions = quiz.questions.select_related("photo").prefetch_related("options")
    return [_sheet_question(question) for question in questions]


def _sheet_question(question: Question) -> SheetQuestion:
    options = sorted(question.options.all(), key=lambda option: _shuffle_key(option))
    if question.kind == Question.Kind.TYPED:
        return SheetQuestion(question, [], right_answers(question))
    letters = dict(zip((option.text for option in options), LETTERS, strict=False))
    right = [f"{letters[text]}: {text}" for text in right_answers(question)]
    return SheetQuestion(question, [(letter, text) for text, letter in letters.items()], right)


def _shuffle_key(option: Option) -> str:
    return salted_hmac("trivia.sheet", str(option.pk), algorithm="sha256").hexdigest()
