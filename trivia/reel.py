"""The Daily Reel's calendar: which film on which day. Days are the calendar's, in the site's zone."""

import hashlib
import hmac
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from films.models import Credit, Film
from trivia.clues import clues_to
from trivia.models import Clue, Puzzle

AHEAD = timedelta(days=30)  # what staff see, and may swap
TRIED = 200  # films looked at for one day, before a day stays empty


def puzzle_of_today():
    """Today's puzzle, made if it is missing; None while no film has six clues. Two queries at best."""
    return Puzzle.objects.today() or _made(timezone.localdate())


def prepare():
    """Make the puzzles of the next thirty days that are missing; how many were made."""
    today = timezone.localdate()
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD.days + 1)]
    have = set(Puzzle.objects.filter(day__range=(days[0], days[-1])).values_list("day", flat=True))
    return sum(_made(day) is not None for day in days if day not in have)


def dress(puzzle, clues):
    """Give `puzzle` these six clues instead of any it has."""
    puzzle.clues.all().delete()
    Clue.objects.bulk_create(
        Clue(puzzle=puzzle, place=place, text=text) for place, text in enumerate(clues, 1)
    )


def _made(day):
    """The puzzle of `day`, with a film that has not been on for as long as there are others."""
    for film in _films_for(day):
        clues = clues_to(film)
        if clues is None:
            continue
        try:
            with transaction.atomic():
                puzzle = Puzzle.objects.create(day=day, number=_number_of(day), film=film)
                dress(puzzle, clues)
        except IntegrityError:  # somebody else has just made it
            pass
        return Puzzle.objects.with_clues().filter(day=day).first()
    return None


def _number_of(day):
    """Numbers count calendar days from the first puzzle there was."""
    first = Puzzle.objects.order_by("day").first()
    return (day - first.day).days + first.number if first else 1


def _films_for(day):
    """
    Films that may have clues enough, in an order that nobody can guess without our secret key.

    Those that have been on are last, the one whose turn is longest ago first.
    """
    known = Film.objects.filter(year__isnull=False, genres__isnull=False).annotate(
        cast=Count("credits", filter=Q(credits__role=Credit.Role.CAST), distinct=True)
    )
    numbers = list(known.filter(cast__gte=1).values_list("pk", flat=True).distinct())
    last = dict(Puzzle.objects.order_by("day").values_list("film", "day"))
    numbers.sort(key=lambda pk: (last.get(pk, date.min), _lot(day, pk)))
    films = Film.objects.in_bulk(numbers[:TRIED])
    return [films[pk] for pk in numbers[:TRIED]]


def _lot(day, pk):
    return hmac.new(settings.SECRET_KEY.encode(), f"{day:%Y-%m-%d} {pk}".encode(), hashlib.sha256).digest()
