"""Choosing a quiz's questions by its rule: "ten on the 1940s, two easy, six medium, two hard"."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.functions import Coalesce

from trivia.models import Question, QuizQuestion

if TYPE_CHECKING:
    from trivia.models import Quiz
    from trivia.models.questions import QuestionQuerySet


def eligible_questions(quiz: "Quiz") -> "QuestionQuerySet":
    """The live questions the rule may choose from, each with its `level`: as answers tell, or we think."""
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


def select_questions(quiz: "Quiz") -> tuple[Any, ...]:
    """
    (questions, what is missing) for the rule of `quiz`; each thing missing is a sentence.

    The easy come first. What no quiz has asked yet is preferred, and among equals chance decides.
    """
    questions, missing = [], []
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
def fill_by_rule(quiz: "Quiz") -> list[str]:
    """Let the rule choose the questions of `quiz` anew; what is missing, as sentences."""
    questions, missing = select_questions(quiz)
    quiz.quiz_questions.all().delete()
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, order=order) for order, question in enumerate(questions, 1)
    )
    return missing
