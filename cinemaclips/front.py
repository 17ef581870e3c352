"""The front page's places: each fills itself with the newest, unless an editor has pinned a piece."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from interviews.models import Interview
from magazine.models import Article, Byline, Pin

LATEST, FRAMES = 19, 6


def places():
    """
    What stands where on the front page; five queries at most, however many pieces there are.

    A place for which there is no piece is None or empty, and the template leaves it out.
    """
    latest = list(Article.objects.published().newest_first().for_links()[:LATEST])
    pinned = {pin.slot: pin.article for pin in Pin.objects.holding(timezone.now())}
    prefetch_related_objects([*latest, *pinned.values()], Byline.named())
    lead = pinned.get(Pin.Slot.LEAD) or next(iter(latest), None)
    talk = Interview.objects.published().with_quote().newest_first().first()
    second = pinned.get(Pin.Slot.SECOND) or _first_other(latest, lead, talk)
    shown = {piece.pk for piece in (lead, second, talk) if piece}
    rest = [piece for piece in latest if piece.pk not in shown]
    on_films = [piece for piece in rest if piece.film_id]
    return {
        "lead": lead,
        "talk": talk,
        "quote": talk and talk.turns.quoted().first(),
        "second": second,
        "frames": on_films[:FRAMES],
        "rows": on_films[FRAMES:],
        "talks": [piece for piece in rest if not piece.film_id],
    }


def _first_other(latest, *shown):
    taken = {piece.pk for piece in shown if piece}
    return next((piece for piece in latest if piece.pk not in taken), None)
