"""A quiz on paper: the same order of choices on the sheet and on the answers, each choice with its letter."""

from typing import NamedTuple

from django.utils.crypto import salted_hmac

from trivia.marking import key_of
from trivia.models import Question

LETTERS = "ABCDEFGHIJKL"  # a question has twelve answers at most


class Printed(NamedTuple):
    """One question on paper: its choices with their letters (none for a typed one), and what is right."""

    question: Question
    choices: list
    right: list


def printed(quiz):
    """The questions of `quiz` as both sheets print them; two queries."""
    questions = quiz.questions.select_related("photo").prefetch_related("options")
    return [_printed(question) for question in questions]


def _printed(question):
    options = sorted(question.options.all(), key=lambda option: _lot(option))
    if question.kind == Question.Kind.TYPED:
        return Printed(question, [], key_of(question))
    letters = dict(zip((option.text for option in options), LETTERS, strict=False))
    right = [f"{letters[text]}: {text}" for text in key_of(question)]
    return Printed(question, [(letter, text) for text, letter in letters.items()], right)


def _lot(option):
    return salted_hmac("trivia.sheet", str(option.pk), algorithm="sha256").hexdigest()
