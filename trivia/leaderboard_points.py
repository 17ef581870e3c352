"""Counts the points of players on every leaderboard anew."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db import transaction

from trivia.leaderboards import ALL_TIME, board_of_quiz, board_of_week, week_start
from trivia.models import Attempt, LeaderboardRow, Player

BATCH_SIZE = 500  # players counted at once


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
