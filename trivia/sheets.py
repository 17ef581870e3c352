"""A quiz on paper: the same order of choices on the sheet and on the answers, each choice with its letter."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.crypto import salted_hmac

from trivia.marking import right_answers
from trivia.models import Question

if TYPE_CHECKING:
    from trivia.models import Option, Quiz

LETTERS = "ABCDEFGHIJKL"  # a question has twelve answers at most


class SheetQuestion(NamedTuple):
    """One question on paper: its choices with their letters (none for a typed one), and what is right."""

    question: Question
    choices: list
    right_answers: list


def sheet_questions(quiz: "Quiz") -> list[SheetQuestion]:
    """The questions of `quiz` as both sheets print them; two queries."""
    questions = quiz.questions.select_related("photo").prefetch_related("options")
    return [_sheet_question(question) for question in questions]


def _sheet_question(question: Question) -> SheetQuestion:
    options = sorted(question.options.all(), key=lambda option: _shuffle_key(option))
    if question.kind == Question.Kind.TYPED:
        return SheetQuestion(question, [], right_answers(question))
    letters = dict(zip((option.text for option in options), LETTERS, strict=False))
    right = [f"{letters[text]}: {text}" for text in right_answers(question)]
    return SheetQuestion(question, [(letter, text) for text, letter in letters.items()], right)


def _shuffle_key(option: "Option") -> str:
    return salted_hmac("trivia.sheet", str(option.pk), algorithm="sha256").hexdigest()
