"""What the magazine has already on what somebody asks for."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from magazine.models import Article

SHOWN = 4


def answers_on(request):
    """
    What readers can have at once, as (sentence, address): our pieces on the film or the person asked for.

    Rooms that have more on a film say so themselves: see `settings.FILM_LINK_PROVIDERS`. [] for nothing.
    """
    if request.film is None and request.person is None:
        return []
    found = [(_sentence(piece), piece.get_absolute_url()) for piece in _pieces_on(request)[:SHOWN]]
    if request.film:
        told = [import_string(each)(request.film) for each in settings.FILM_LINK_PROVIDERS]
        found += [each for each in told if each]
    return found


def _pieces_on(request):
    """Those on this very film, or with this very person, before those in which they have a part."""
    out = Article.objects.published().for_links()
    if request.film:
        return out.about_film(request.film).matching_first(Q(film=request.film))
    return out.with_person(request.person).matching_first(Q(pk__in=request.person.mentioned_in.values("pk")))


def _sentence(piece):
    return f"{piece.kicker}: {piece.title}, {timezone.localtime(piece.published_at).year}"
