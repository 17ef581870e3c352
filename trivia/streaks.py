"""Streaks: days in a row on which today's puzzle was solved. One missed day a month is forgiven."""

from datetime import timedelta
from typing import NamedTuple

from trivia.models import CLUES


class Streaks(NamedTuple):
    """A player's record: games and wins, wins by clue, the streak now and the best, days forgiven in it."""

    played: int
    solved: int
    spread: list
    current: int
    best: int
    forgiven: list

    @property
    def most(self):
        """The tallest bar of the spread; 1 at least, to divide by."""
        return max(*self.spread, 1)


def streaks(results, today):
    """
    The record that `results` make by `today`: see `PuzzleQuerySet.results_of`.

    Only games begun on their own day count for streaks; the archive counts for nothing here. A lost
    game ends a streak. A missed day ends it too, but for the first one of a calendar month.
    """
    void = {day for day, is_void, *_ in results if is_void}
    timely = {day: place for day, _, on_time, place in results if on_time and day not in void}
    current, best, forgiven, months = 0, 0, [], set()
    day = min(timely, default=today)
    while day <= today:
        if timely.get(day):
            current += 1
        elif day in timely:
            current, forgiven = 0, []
        elif day < today and current and day not in void:
            current, forgiven = _missed(day, current, forgiven, months)
        best = max(best, current)
        day += timedelta(days=1)
    spread = [sum(place == clue for place in timely.values()) for clue in range(1, CLUES + 1)]
    return Streaks(len(timely), sum(spread), spread, current, best, forgiven)


def _missed(day, current, forgiven, months):
    month = (day.year, day.month)
    if month in months:
        return 0, []
    months.add(month)
    return current, [*forgiven, day]
