"""
Streaks: days in a row on which a player solved the puzzle of the day.

One missed day per calendar month is forgiven.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from trivia.models import CLUES

type DayResult = tuple[date, bool, bool | None, int | None]  # see `PuzzleQuerySet.results_of`


class Streaks(NamedTuple):
    """
    A player's record: games played and solved, the wins by the number of clues, the streaks in days.

    `forgiven_days` are the missed days within the current streak.
    """

    played: int
    solved: int
    wins_by_clue: list[int]
    current: int
    best: int
    forgiven_days: list[date]

    @property
    def most_wins(self) -> int:
        """The largest of `wins_by_clue`, at least 1, so that a template can divide by it."""
        return max(*self.wins_by_clue, 1)


def calculate_streaks(results: Iterable[DayResult], today: date) -> Streaks:
    """
    Return the record that `results` give a player on `today`.

    Only games begun on the puzzle's own day count. A lost game ends a streak. A missed day ends it too,
    except the first missed day of a calendar month. A void day neither counts nor ends a streak.
    """
    results = list(results)
    void = {day for day, is_void, *_ in results if is_void}
    solved_on_by_day = {
        day: solved_on for day, _, on_time, solved_on in results if on_time and day not in void
    }
    current, best, forgiven_days = _streak_days(solved_on_by_day, void, today)
    wins_by_clue = [
        sum(solved_on == clue for solved_on in solved_on_by_day.values()) for clue in range(1, CLUES + 1)
    ]
    return Streaks(len(solved_on_by_day), sum(wins_by_clue), wins_by_clue, current, best, forgiven_days)


def _streak_days(
    solved_on_by_day: Mapping[date, int | None], void: set[date], today: date
) -> tuple[int, int, list[date]]:
    """(current streak, best streak, forgiven days) from the first game to `today`."""
    current, best = 0, 0
    forgiven_days: list[date] = []
    months: set[tuple[int, int]] = set()
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
    return current, best, forgiven_days


def _after_missed_day(
    day: date, current: int, forgiven_days: list[date], months: set[tuple[int, int]]
) -> tuple[int, list[date]]:
    """The streak and its forgiven days after missing `day`; adds its month to the `months` used up."""
    month = (day.year, day.month)
    if month in months:
        return 0, []
    months.add(month)
    return current, [*forgiven_days, day]
