"""What the magazine already has on the film or the person of a request."""

from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from films.models import Person
from magazine.models import Article
from reelrequests.models import ReelRequest

MAX_PIECES = 4


def existing_coverage(reel_request: ReelRequest) -> list[tuple[str, str]]:
    """
    Links to what we have on the film or the person of a request, as (sentence, URL path).

    First up to `MAX_PIECES` pieces, then what other sections offer through `settings.FILM_LINK_PROVIDERS`.
    The request need not be saved.
    """
    if reel_request.film is None and reel_request.person is None:
        return []
    coverage = [
        (_sentence(piece), piece.get_absolute_url()) for piece in _pieces_on(reel_request)[:MAX_PIECES]
    ]
    if reel_request.film:
        from_extensions = [import_string(path)(reel_request.film) for path in settings.FILM_LINK_PROVIDERS]
        coverage += [link for link in from_extensions if link]
    return coverage


def _pieces_on(reel_request: ReelRequest) -> models.QuerySet[Article]:
    """Published pieces: first those on this film or with this person, then those that only mention them."""
    pieces = Article.objects.published().for_links()
    if reel_request.film:
        return pieces.about_film(reel_request.film).matching_first(Q(film=reel_request.film))
    person = cast(Person, reel_request.person)
    by_person = pieces.with_person(person)
    return by_person.matching_first(Q(pk__in=person.mentioned_in.values("pk")))


def _sentence(piece: Article) -> str:
    return f"{piece.kicker}: {piece.title}, {timezone.localtime(piece.published_at).year}"
