"""
Leaderboards: of a quiz, of a week, of all time.

A point is a right answer in a player's first attempt at a quiz; neither speed nor second tries give
any. A player's points are counted anew from the attempts whenever one ends or a ruling changes one,
so that boards and answers cannot drift apart.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from trivia.models import Attempt, LeaderboardRow, Player

if TYPE_CHECKING:
    from trivia.models.attempts import AttemptQuerySet

ALL_TIME = "all"
BATCH_SIZE = 500  # players counted at once


class Leader(NamedTuple):
    """One line of a leaderboard; players with the same points share a rank."""

    rank: int
    name: str
    points: int


def week_start(moment: datetime) -> date:
    """The Monday of the week in which `moment` falls, in the site's zone."""
    day = timezone.localdate(moment)
    return day - timedelta(days=day.weekday())


def board_of_week(monday: date) -> str:
    return f"week {monday:%Y-%m-%d}"


def board_of_quiz(pk: int) -> str:
    return f"quiz {pk}"


def leaders_on(board: str) -> list[Leader]:
    """The first twenty of a board; one query."""
    leaders, rank, previous_points = [], 0, None
    for position, row in enumerate(LeaderboardRow.objects.on(board), 1):
        rank = rank if row.points == previous_points else position
        previous_points = row.points
        leaders.append(Leader(rank, row.player.nickname, row.points))
    return leaders


@transaction.atomic
def update_leaderboards(players: "list[int] | AttemptQuerySet") -> None:
    """Count the points of these players (pks) anew, on every board; of those shown, and of no other."""
    players = list(players)
    for start in range(0, len(players), BATCH_SIZE):
        _update_batch(players[start : start + BATCH_SIZE])


def _update_batch(players: list[int]) -> None:
    locked = Player.objects.select_for_update().filter(pk__in=players).order_by("pk")
    shown = [player.pk for player in locked if player.nickname_status == Player.NicknameStatus.SHOWN]
    LeaderboardRow.objects.filter(player__in=players).delete()
    points, reached_at = defaultdict(int), {}
    for attempt in Attempt.objects.ranked().filter(player__in=shown).order_by("finished_at", "pk"):
        boards = board_of_quiz(attempt.quiz_id), board_of_week(week_start(attempt.finished_at)), ALL_TIME
        for key in ((attempt.player_id, board) for board in boards):
            points[key] += attempt.right_count
            reached_at[key] = attempt.finished_at
    LeaderboardRow.objects.bulk_create(
        LeaderboardRow(player_id=player, board=board, points=total, reached_at=reached_at[player, board])
        for (player, board), total in points.items()
    )
