"""What trivia puts beside a film or a person, wherever these are shown."""

from typing import TYPE_CHECKING

from django.urls import reverse

from trivia.models import Question

if TYPE_CHECKING:
    from films.models import Film, Person
    from magazine.models import Article
    from trivia.models.facts import FactQuerySet

FACTS_SHOWN, QUESTIONS_A_FILM = 12, 3


def facts_context(subject: "Film | Person") -> "dict[str, FactQuerySet]":
    """The published facts on a film or a person, as context for a template; one query."""
    return {"facts": subject.facts.published().newest_first().select_related("checked_by")[:FACTS_SHOWN]}


def trivia_context(piece: "Article") -> "dict[str, list[Question] | FactQuerySet]":
    """The same beside a piece on a film, and three questions on it; nothing beside any other. Two queries."""
    if not piece.film_id:
        return {}
    questions = list(Question.objects.live().about(piece.film)[:QUESTIONS_A_FILM])
    return facts_context(piece.film) | {"film_questions": questions}


def questions_link(film: "Film") -> tuple[str, str] | None:
    """How many questions can be played on a film, in a sentence, and where; None for none."""
    count = Question.objects.live().about(film).count()
    if not count:
        return None
    sentence = f"{count} trivia question{'s' if count > 1 else ''} on {film.title}"
    return sentence, reverse("trivia:on_film", args=[film.slug])
