"""What trivia puts beside a film or a person, wherever these are shown."""

from django.urls import reverse

from trivia.models import Question

SHOWN, ASKED = 12, 3


def facts_about(subject):
    """The published facts on a film or a person, as context for a template; one query."""
    return {"facts": subject.facts.published().newest_first().select_related("checked_by")[:SHOWN]}


def trivia_beside(piece):
    """The same beside a piece on a film, and three questions on it; nothing beside any other. Two queries."""
    if not piece.film_id:
        return {}
    asked = list(Question.objects.live().about(piece.film)[:ASKED])
    return facts_about(piece.film) | {"asked": asked}


def questions_on(film):
    """How many questions can be played on a film, in a sentence, and where; None for none."""
    many = Question.objects.live().about(film).count()
    if not many:
        return None
    sentence = f"{many} trivia question{'s' if many > 1 else ''} on {film.title}"
    return sentence, reverse("trivia:on_film", args=[film.slug])
