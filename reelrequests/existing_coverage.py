"""What the magazine has already on what somebody asks for."""

from django.db.models import Q
from django.utils import timezone

from magazine.models import Article
from magazine.sections import sections

MAX_PIECES = 4


def existing_coverage(reel_request):
    """
    What readers can have at once, as (sentence, url): our pieces on the film or the person asked for.

    Other sections add what they have on the film besides pieces: `Section.film_link`. [] for nothing.
    """
    if reel_request.film is None and reel_request.person is None:
        return []
    coverage = [
        (_sentence(piece), piece.get_absolute_url()) for piece in _pieces_on(reel_request)[:MAX_PIECES]
    ]
    if reel_request.film:
        links = [section.film_link(reel_request.film) for section in sections()]
        coverage += [link for link in links if link]
    return coverage


def _pieces_on(reel_request):
    """Those on this very film, or with this very person, before those in which they have a part."""
    pieces = Article.objects.published().for_links()
    if reel_request.film:
        return pieces.about_film(reel_request.film).matching_first(Q(film=reel_request.film))
    by_person = pieces.with_person(reel_request.person)
    return by_person.matching_first(Q(pk__in=reel_request.person.mentioned_in.values("pk")))


def _sentence(piece):
    return f"{piece.kicker}: {piece.title}, {timezone.localtime(piece.published_at).year}"
