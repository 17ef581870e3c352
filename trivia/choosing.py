"""Choosing a quiz's questions by its rule: "ten on the 1940s, two easy, six medium, two hard"."""

from django.db import models, transaction
from django.db.models.functions import Coalesce

from trivia.models import Place, Question


def fitting(quiz):
    """The live questions the rule may choose from, each with its `level`: as answers tell, or we think."""
    wanted = {
        "film": quiz.film_id,
        "film__year__gte": quiz.from_year,
        "film__year__lte": quiz.to_year,
        "film__genres": quiz.genre_id,
        "film__credits__person": quiz.maker_id,
        "tags__name__iexact": quiz.marked,
    }
    fit = Question.objects.live().filter(**{name: value for name, value in wanted.items() if value})
    return Question.objects.filter(pk__in=fit.values("pk")).annotate(
        level=Coalesce("record__measured", "difficulty"), used=models.Count("places")
    )


def chosen(quiz):
    """
    (questions, what is missing) for the rule of `quiz`; each thing missing is a sentence.

    The easy come first. What no quiz has asked yet is preferred, and among equals chance decides.
    """
    questions, missing = [], []
    for level in Question.Difficulty:
        name = level.label.lower()
        many = getattr(quiz, name)
        found = list(fitting(quiz).filter(level=level).order_by("used", "?")[:many])
        questions += found
        if len(found) < many:
            missing.append(f"The rule wants {many} {name} questions, and the bank has {len(found)} that fit.")
    return questions, missing


@transaction.atomic
def fill(quiz):
    """Let the rule choose the questions of `quiz` anew; what is missing, as sentences."""
    questions, missing = chosen(quiz)
    quiz.places.all().delete()
    Place.objects.bulk_create(
        Place(quiz=quiz, question=question, order=number) for number, question in enumerate(questions, 1)
    )
    return missing
