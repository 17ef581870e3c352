"""
Leaderboards: of a quiz, of a week, of all time.

A right answer in a player's first attempt at a quiz is one point. Speed and later attempts give no
points. Whenever an attempt is finished, or a ruling changes one, all points of its player are counted
again from the attempts, so that leaderboards and answers always agree.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from trivia.models import LeaderboardRow

ALL_TIME = "all"


class Leader(NamedTuple):
    """One line of a leaderboard. Players with the same points have the same rank."""

    rank: int
    name: str
    points: int


def week_start(moment: datetime) -> date:
    """The Monday of the week of `moment`, in the site's time zone."""
    day = timezone.localdate(moment)
    return day - timedelta(days=day.weekday())


def board_of_week(monday: date) -> str:
    return f"week {monday:%Y-%m-%d}"


def board_of_quiz(pk: int) -> str:
    return f"quiz {pk}"


def leaders_on(board: str) -> list[Leader]:
    """The first twenty lines of a leaderboard; one query."""
    leaders: list[Leader] = []
    rank, previous_points = 0, None
    for position, row in enumerate(LeaderboardRow.objects.on(board), 1):
        rank = rank if row.points == previous_points else position
        previous_points = row.points
        leaders.append(Leader(rank, row.player.nickname, row.points))
    return leaders
