"""What the magazine has already on what somebody asks for."""

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from magazine.models import Article

SHOWN = 4


def answers_on(request):
    """
    What readers can have at once, as (sentence, address): our pieces on the film or the person asked for.

    Rooms that have more on a film say so themselves: see `settings.KNOWN_ON_FILMS`. [] for nothing.
    """
    if request.film is None and request.person is None:
        return []
    out = Article.objects.published().newest_first().for_links()
    pieces = out.about_film(request.film) if request.film else out.with_person(request.person)
    found = [(_sentence(piece), piece.get_absolute_url()) for piece in pieces[:SHOWN]]
    if request.film:
        told = [import_string(each)(request.film) for each in settings.KNOWN_ON_FILMS]
        found += [each for each in told if each]
    return found


def _sentence(piece):
    return f"{piece.kicker}: {piece.title}, {timezone.localtime(piece.published_at).year}"
