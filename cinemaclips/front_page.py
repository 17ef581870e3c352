"""The front page's slots: each fills itself with the newest, unless an editor has pinned a piece."""

from django.utils import timezone

from about.models import Airing
from contest.models import Contest
from interviews.models import Turn
from magazine.models import Article, Pin
from picks.models import WeeklyPick
from reelrequests.models import ReelRequest
from trivia.models import Puzzle

# How many of each room's newest pieces the page can use.
PIECES_PER_SECTION = {
    "reviews": 12,
    "interviews": 3,
    "trivia": 1,
    "dvdelighted": 4,
    "gallery": 4,
    "picks": 2,
    "blog": 3,
}
LEAD_SECTIONS = {"reviews", "interviews", "dvdelighted"}
STRIP_LENGTH, QUOTES_TRIED, REQUESTS_SHOWN = 6, 5, 5


def front_page_context():
    """
    The context of the front page; eleven queries at most, however many pieces there are.

    A slot for which there is nothing is None or empty, and the template leaves it out.
    """
    newest = list(Article.objects.newest_per_section(PIECES_PER_SECTION).for_cards())
    pinned = _pinned()
    # A correction may have shortened an answer past its quote: then the next one speaks.
    quote = next((turn for turn in Turn.objects.pull_quotes()[:QUOTES_TRIED] if turn.pull_quote), None)
    interview = quote and quote.interview
    lead_candidates = [piece for piece in newest if piece.section in LEAD_SECTIONS]
    lead = pinned.get(Pin.Slot.LEAD) or next(iter(lead_candidates), None)
    second = pinned.get(Pin.Slot.SECOND) or _first_other(lead_candidates, lead, interview)
    taken = {piece.pk for piece in (lead, second, interview) if piece}
    by_section = {section: [] for section in PIECES_PER_SECTION}
    for piece in newest:
        if piece.pk not in taken:
            by_section[piece.section].append(piece)
    reviews_with_film = [piece for piece in by_section["reviews"] if piece.film_id]
    return {
        "lead": lead,
        "interview": interview,
        "quote": quote,
        "second": second,
        "strip_reviews": reviews_with_film[:STRIP_LENGTH],
        "more_reviews": reviews_with_film[STRIP_LENGTH:],
        "by_section": by_section,
        "weekly": WeeklyPick.objects.current(),
        "airing": Airing.objects.upcoming().first(),
        "puzzle": Puzzle.objects.today(),
        "wanted": list(ReelRequest.objects.shown().open().most_wanted().for_rows()[:REQUESTS_SHOWN]),
        "contest": Contest.objects.open_at(timezone.now()).first(),
    }


def _pinned():
    """The pinned pieces that readers may see, by slot."""
    slots = Pin.objects.slots_by_article(timezone.now())
    pieces = Article.objects.published().for_cards().filter(pk__in=slots) if slots else []
    return {slots[piece.pk]: piece for piece in pieces}


def _first_other(pieces, *taken):
    taken_pks = {piece.pk for piece in taken if piece}
    return next((piece for piece in pieces if piece.pk not in taken_pks), None)
