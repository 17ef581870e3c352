"""The Daily Reel's calendar: which film on which day. Days are the calendar's, in the site's zone."""

import hashlib
import hmac
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from films.models import Credit, Film
from trivia.clues import clues_for
from trivia.models import Clue, Puzzle

DAYS_AHEAD = timedelta(days=30)  # what staff see, and may swap
FILMS_TRIED = 200  # films looked at for one day, before a day stays empty


def get_or_create_todays_puzzle() -> Puzzle | None:
    """Today's puzzle, made if it is missing; None while no film has six clues. Two queries at best."""
    return Puzzle.objects.today() or _create_puzzle(timezone.localdate())


def create_coming_puzzles() -> int:
    """Make the puzzles of the next thirty days that are missing; how many were made."""
    today = timezone.localdate()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD.days + 1)]
    existing = set(Puzzle.objects.filter(day__range=(days[0], days[-1])).values_list("day", flat=True))
    return sum(_create_puzzle(day) is not None for day in days if day not in existing)


def set_clues(puzzle: Puzzle, clues: list[str]) -> None:
    """Give `puzzle` these six clues instead of any it has."""
    puzzle.clues.all().delete()
    Clue.objects.bulk_create(
        Clue(puzzle=puzzle, position=position, text=text) for position, text in enumerate(clues, 1)
    )


def _create_puzzle(day: date) -> Puzzle | None:
    """The puzzle of `day`, with a film that has not been on for as long as there are others."""
    for film in _films_for(day):
        clues = clues_for(film)
        if clues is None:
            continue
        try:
            with transaction.atomic():
                puzzle = Puzzle.objects.create(day=day, number=_number_of(day), film=film)
                set_clues(puzzle, clues)
        except IntegrityError:  # somebody else has just made it
            pass
        return Puzzle.objects.with_clues().filter(day=day).first()
    return None


def _number_of(day: date) -> int:
    """Numbers count calendar days from the first puzzle there was."""
    first = Puzzle.objects.order_by("day").first()
    return (day - first.day).days + first.number if first else 1


def _films_for(day: date) -> list[Film]:
    """
    Films that may have clues enough, in an order that nobody can guess without our secret key.

    Those that have been on are last, the one whose turn is longest ago first.
    """
    known = Film.objects.filter(year__isnull=False, genres__isnull=False).annotate(
        cast=Count("credits", filter=Q(credits__role=Credit.Role.CAST), distinct=True)
    )
    film_pks = list(known.filter(cast__gte=1).values_list("pk", flat=True).distinct())
    last_day = dict(Puzzle.objects.order_by("day").values_list("film", "day"))
    film_pks.sort(key=lambda pk: (last_day.get(pk, date.min), _shuffle_key(day, pk)))
    films = Film.objects.in_bulk(film_pks[:FILMS_TRIED])
    return [films[pk] for pk in film_pks[:FILMS_TRIED]]


def _shuffle_key(day: date, pk: int) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"{day:%Y-%m-%d} {pk}".encode(), hashlib.sha256).digest()
