"""The front page's places: each fills itself with the newest, unless an editor has pinned a piece."""

from django.utils import timezone

from about.models import Airing
from contest.models import Contest
from interviews.models import Turn
from magazine.models import Article, Pin
from picks.models import WeeklyPick
from reelrequests.models import ReelRequest
from trivia.models import Puzzle

# How many of each room's newest pieces the page can use.
SHARES = {"reviews": 12, "interviews": 3, "trivia": 1, "dvdelighted": 4, "gallery": 4, "picks": 2, "blog": 3}
LEADING = {"reviews", "interviews", "dvdelighted"}
FRAMES, QUOTES, WANTED = 6, 5, 5


def places():
    """
    What stands where on the front page; eleven queries at most, however many pieces there are.

    A place for which there is nothing is None or empty, and the template leaves it out.
    """
    newest = list(Article.objects.newest_per_section(SHARES).for_cards())
    pinned = _pinned()
    # A correction may have shortened an answer past its quote: then the next one speaks.
    quote = next((turn for turn in Turn.objects.quotes()[:QUOTES] if turn.pull_quote), None)
    talk = quote and quote.interview
    leading = [piece for piece in newest if piece.section in LEADING]
    lead = pinned.get(Pin.Slot.LEAD) or next(iter(leading), None)
    second = pinned.get(Pin.Slot.SECOND) or _first_other(leading, lead, talk)
    shown = {piece.pk for piece in (lead, second, talk) if piece}
    rooms = {section: [] for section in SHARES}
    for piece in newest:
        if piece.pk not in shown:
            rooms[piece.section].append(piece)
    framed = [piece for piece in rooms["reviews"] if piece.film_id]
    return {
        "lead": lead,
        "talk": talk,
        "quote": quote,
        "second": second,
        "frames": framed[:FRAMES],
        "rows": framed[FRAMES:],
        "rooms": rooms,
        "weekly": WeeklyPick.objects.current(),
        "airing": Airing.objects.coming().first(),
        "puzzle": Puzzle.objects.today(),
        "wanted": list(ReelRequest.objects.shown().open().most_wanted().for_rows()[:WANTED]),
        "contest": Contest.objects.open_at(timezone.now()).first(),
    }


def _pinned():
    """The pinned pieces that readers may see, by slot."""
    slots = Pin.objects.slots_by_article(timezone.now())
    pieces = Article.objects.published().for_cards().filter(pk__in=slots) if slots else []
    return {slots[piece.pk]: piece for piece in pieces}


def _first_other(pieces, *shown):
    taken = {piece.pk for piece in shown if piece}
    return next((piece for piece in pieces if piece.pk not in taken), None)
