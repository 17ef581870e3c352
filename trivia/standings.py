"""
Leaderboards: of a quiz, of a week, of all time.

A point is a right answer in a player's first attempt at a quiz; neither speed nor second tries give
any. A player's points are counted anew from the attempts whenever one ends or a ruling changes one,
so that boards and answers cannot drift apart.
"""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from trivia.models import Attempt, Player, Standing

ALL_TIME = "all"
TOGETHER = 500  # players counted at once


class Leader(NamedTuple):
    """One line of a leaderboard; players with the same points share a rank."""

    rank: int
    name: str
    points: int


def week_of(moment):
    """The Monday of the week in which `moment` falls, in the site's zone."""
    day = timezone.localdate(moment)
    return day - timedelta(days=day.weekday())


def board_of_week(monday):
    return f"week {monday:%Y-%m-%d}"


def board_of_quiz(pk):
    return f"quiz {pk}"


def leaders_on(board):
    """The first twenty of a board; one query."""
    leaders, rank, before = [], 0, None
    for number, standing in enumerate(Standing.objects.on(board), 1):
        rank = rank if standing.points == before else number
        before = standing.points
        leaders.append(Leader(rank, standing.player.nickname, standing.points))
    return leaders


@transaction.atomic
def enter(players):
    """Count the points of these players (numbers) anew, on every board; of those shown, and of no other."""
    players = list(players)
    for start in range(0, len(players), TOGETHER):
        _enter(players[start : start + TOGETHER])


def _enter(players):
    held = Player.objects.select_for_update().filter(pk__in=players).order_by("pk")
    shown = [player.pk for player in held if player.naming == Player.Naming.SHOWN]
    Standing.objects.filter(player__in=players).delete()
    points, since = defaultdict(int), {}
    for attempt in Attempt.objects.scored().filter(player__in=shown).order_by("finished_at", "pk"):
        boards = board_of_quiz(attempt.quiz_id), board_of_week(week_of(attempt.finished_at)), ALL_TIME
        for place in ((attempt.player_id, board) for board in boards):
            points[place] += attempt.right
            since[place] = attempt.finished_at
    Standing.objects.bulk_create(
        Standing(player_id=player, board=board, points=many, since=since[player, board])
        for (player, board), many in points.items()
    )
