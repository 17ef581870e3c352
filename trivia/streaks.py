"""Streaks: days in a row on which today's puzzle was solved. One missed day a month is forgiven."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from trivia.models import CLUES


class Streaks(NamedTuple):
    """A player's record: games and wins, wins by clue, the streak now and the best, days forgiven in it."""

    played: int
    solved: int
    wins_by_clue: list
    current: int
    best: int
    forgiven_days: list

    @property
    def most_wins(self) -> int:
        """The tallest bar of `wins_by_clue`; 1 at least, to divide by."""
        return max(*self.wins_by_clue, 1)


def calculate_streaks(results: list[Any], today: date) -> Streaks:
    """
    The record that `results` make by `today`: see `PuzzleQuerySet.results_of`.

    Only games begun on their own day count for streaks; the archive counts for nothing here. A lost
    game ends a streak. A missed day ends it too, but for the first one of a calendar month.
    """
    void = {day for day, is_void, *_ in results if is_void}
    solved_on_by_day = {
        day: solved_on for day, _, on_time, solved_on in results if on_time and day not in void
    }
    current, best, forgiven_days, months = 0, 0, [], set()
    day = min(solved_on_by_day, default=today)
    while day <= today:
        if solved_on_by_day.get(day):
            current += 1
        elif day in solved_on_by_day:
            current, forgiven_days = 0, []
        elif day < today and current and day not in void:
            current, forgiven_days = _after_missed_day(day, current, forgiven_days, months)
        best = max(best, current)
        day += timedelta(days=1)
    wins_by_clue = [
        sum(solved_on == clue for solved_on in solved_on_by_day.values()) for clue in range(1, CLUES + 1)
    ]
    return Streaks(len(solved_on_by_day), sum(wins_by_clue), wins_by_clue, current, best, forgiven_days)


def _after_missed_day(
    day: date, current: int, forgiven_days: list[date], months: set[tuple[int, int]]
) -> tuple[Any, ...]:
    month = (day.year, day.month)
    if month in months:
        return 0, []
    months.add(month)
    return current, [*forgiven_days, day]
