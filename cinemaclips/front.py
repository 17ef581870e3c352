"""The front page's places: each fills itself with the newest, unless an editor has pinned a piece."""

from django.utils import timezone

from interviews.models import Turn
from magazine.models import Article, Pin

LATEST, FRAMES, QUOTES = 16, 6, 5


def places():
    """
    What stands where on the front page; four queries at most, however many pieces there are.

    A place for which there is no piece is None or empty, and the template leaves it out.
    """
    latest = list(Article.objects.published().newest_first().for_cards()[:LATEST])
    pinned = _pinned()
    # A correction may have shortened an answer past its quote: then the next one speaks.
    quote = next((turn for turn in Turn.objects.quotes()[:QUOTES] if turn.pull_quote), None)
    talk = quote and quote.interview
    lead = pinned.get(Pin.Slot.LEAD) or next(iter(latest), None)
    second = pinned.get(Pin.Slot.SECOND) or _first_other(latest, lead, talk)
    shown = {piece.pk for piece in (lead, second, talk) if piece}
    rest = [piece for piece in latest if piece.pk not in shown]
    on_films = [piece for piece in rest if piece.film_id]
    return {
        "lead": lead,
        "talk": talk,
        "quote": quote,
        "second": second,
        "frames": on_films[:FRAMES],
        "rows": on_films[FRAMES:],
        "talks": [piece for piece in rest if not piece.film_id],
    }


def _pinned():
    """The pinned pieces that readers may see, by slot."""
    slots = Pin.objects.holding(timezone.now())
    pieces = Article.objects.published().for_cards().filter(pk__in=slots) if slots else []
    return {slots[piece.pk]: piece for piece in pieces}


def _first_other(latest, *shown):
    taken = {piece.pk for piece in shown if piece}
    return next((piece for piece in latest if piece.pk not in taken), None)
