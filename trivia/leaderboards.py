"""
Leaderboards: of a quiz, of a week, of all time.

A right answer in a player's first attempt at a quiz is one point. Speed and later attempts give no
points. Whenever an attempt is finished, or a ruling changes one, all points of its player are counted
again from the attempts, so that leaderboards and answers always agree.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from django.db import transaction
from django.utils import timezone

from trivia.models import Attempt, LeaderboardRow, Player

ALL_TIME = "all"
BATCH_SIZE = 500  # players counted at once


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


@transaction.atomic
def update_leaderboards(players: Iterable[int]) -> None:
    """
    Count the points of these players (primary keys) again, on every leaderboard.

    Players whose nickname is not shown lose their rows and get none.
    """
    players = list(players)
    for start in range(0, len(players), BATCH_SIZE):
        _update_batch(players[start : start + BATCH_SIZE])


def _update_batch(players: list[int]) -> None:
    locked = Player.objects.select_for_update().filter(pk__in=players).order_by("pk")
    shown = [player.pk for player in locked if player.nickname_status == Player.NicknameStatus.SHOWN]
    LeaderboardRow.objects.filter(player__in=players).delete()
    points: defaultdict[tuple[int, str], int] = defaultdict(int)
    reached_at: dict[tuple[int, str], datetime] = {}
    for attempt in Attempt.objects.ranked().filter(player__in=shown).order_by("finished_at", "pk"):
        # `ranked` lets through only finished attempts at a quiz.
        quiz, finished_at = cast(int, attempt.quiz_id), cast(datetime, attempt.finished_at)
        boards = board_of_quiz(quiz), board_of_week(week_start(finished_at)), ALL_TIME
        for key in ((attempt.player_id, board) for board in boards):
            points[key] += attempt.right_count
            reached_at[key] = finished_at
    LeaderboardRow.objects.bulk_create(
        LeaderboardRow(player_id=player, board=board, points=total, reached_at=reached_at[player, board])
        for (player, board), total in points.items()
    )
