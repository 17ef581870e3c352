"""Chooses the film of each day's Daily Reel. Days are in the site's time zone."""

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

DAYS_AHEAD = timedelta(days=30)  # puzzles exist this long before their day, so that staff can change them
FILMS_TRIED = 200  # per day; if none of them has six clues, the day has no puzzle


def get_or_create_todays_puzzle() -> Puzzle | None:
    """Today's puzzle, created if missing; None if no film has six clues. Two queries if it exists."""
    return Puzzle.objects.today() or _create_puzzle(timezone.localdate())


def create_coming_puzzles() -> int:
    """Create the missing puzzles of today and the next thirty days. Returns how many were created."""
    today = timezone.localdate()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD.days + 1)]
    existing = set(Puzzle.objects.filter(day__range=(days[0], days[-1])).values_list("day", flat=True))
    return sum(_create_puzzle(day) is not None for day in days if day not in existing)


def set_clues(puzzle: Puzzle, clues: list[str]) -> None:
    """Replace the clues of `puzzle` by these six."""
    puzzle.clues.all().delete()
    Clue.objects.bulk_create(
        Clue(puzzle=puzzle, position=position, text=text) for position, text in enumerate(clues, 1)
    )


def _create_puzzle(day: date) -> Puzzle | None:
    """Create the puzzle of `day` with the first film of `_films_for` that has six clues."""
    for film in _films_for(day):
        clues = clues_for(film)
        if clues is None:
            continue
        try:
            with transaction.atomic():
                puzzle = Puzzle.objects.create(day=day, number=_number_of(day), film=film)
                set_clues(puzzle, clues)
        except IntegrityError:  # another request has just created it
            pass
        return Puzzle.objects.with_clues().filter(day=day).first()
    return None


def _number_of(day: date) -> int:
    """The number of the puzzle of `day`: calendar days since the first puzzle."""
    first = Puzzle.objects.order_by("day").first()
    return (day - first.day).days + first.number if first else 1


def _films_for(day: date) -> list[Film]:
    """
    Up to 200 films that may have six clues, in an order that only our secret key can predict.

    Films that have been used come last, the one used longest ago first.
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
