"""Context that trivia adds to the pages of films and people, and to pieces on a film."""

from typing import Any

from django.urls import reverse

from films.models import Film, Person
from magazine.models import Article
from trivia.models import Question

FACTS_SHOWN, QUESTIONS_A_FILM = 12, 3


def facts_context(subject: Film | Person) -> dict[str, Any]:
    """Context for `trivia/partials/facts.html`: up to twelve published facts on `subject`; one query."""
    return {"facts": subject.facts.published().newest_first().select_related("checked_by")[:FACTS_SHOWN]}


def trivia_context(piece: Article) -> dict[str, Any]:
    """Facts on the film of `piece` and up to three questions on it; {} without a film. Two queries."""
    film = piece.film
    if film is None:
        return {}
    questions = list(Question.objects.live().about(film)[:QUESTIONS_A_FILM])
    return facts_context(film) | {"film_questions": questions}


def questions_link(film: Film) -> tuple[str, str] | None:
    """Return (sentence with the number of live questions on `film`, URL to play them); None if none."""
    count = Question.objects.live().about(film).count()
    if not count:
        return None
    sentence = f"{count} trivia question{'s' if count > 1 else ''} on {film.title}"
    return sentence, reverse("trivia:on_film", args=[film.slug])
