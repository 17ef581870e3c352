"""Selects a quiz's questions by its rule, for example two easy, six medium and two hard ones on the 1940s."""

from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from trivia.models import Question, Quiz, QuizQuestion


def eligible_questions(quiz: Quiz) -> "QuerySet[Any]":
    """
    The live questions that match the rule of `quiz`, annotated with `level` and `times_used`.

    `level` is the difficulty measured from answers, else the one that the editor set.
    """
    rule = {
        "film": quiz.film_id,
        "film__year__gte": quiz.from_year,
        "film__year__lte": quiz.to_year,
        "film__genres": quiz.genre_id,
        "film__credits__person": quiz.filmmaker_id,
        "tags__name__iexact": quiz.tag_name,
    }
    eligible = Question.objects.live().filter(**{name: value for name, value in rule.items() if value})
    return Question.objects.filter(pk__in=eligible.values("pk")).annotate(
        level=Coalesce("record__measured_difficulty", "difficulty"), times_used=models.Count("quiz_questions")
    )


def select_questions(quiz: Quiz) -> tuple[list[Question], list[str]]:
    """
    Return (questions, sentences about what the bank lacks) for the rule of `quiz`. Changes nothing.

    Easy questions come first. Those used in fewer quizzes are preferred; among equals the choice is random.
    """
    questions: list[Question] = []
    missing: list[str] = []
    for level in Question.Difficulty:
        name = level.label.lower()
        wanted = getattr(quiz, name)
        found = list(eligible_questions(quiz).filter(level=level).order_by("times_used", "?")[:wanted])
        questions += found
        if len(found) < wanted:
            missing.append(
                f"The rule wants {wanted} {name} questions, and the bank has {len(found)} that fit."
            )
    return questions, missing


@transaction.atomic
def fill_by_rule(quiz: Quiz) -> list[str]:
    """Replace the questions of `quiz` by what its rule selects. Returns sentences about what is missing."""
    questions, missing = select_questions(quiz)
    quiz.quiz_questions.all().delete()
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, order=order) for order, question in enumerate(questions, 1)
    )
    return missing
