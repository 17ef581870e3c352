"""What players have on leaderboards."""

from typing import Self

from django.db import models

from trivia.models.players import Player

BOARD_LENGTH = 20


class LeaderboardRowQuerySet(models.QuerySet["LeaderboardRow"]):
    def on(self, board: str) -> Self:
        """The first twenty rows of a leaderboard with their players; one query."""
        return (
            self.filter(board=board).order_by("-points", "reached_at").select_related("player")[:BOARD_LENGTH]
        )


class LeaderboardRow(models.Model):
    """
    A player's points on one leaderboard: of a quiz, of a week, or of all time.

    Only players whose nickname is shown have rows; see trivia/leaderboards.py.
    """

    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="leaderboard_rows")
    board = models.CharField(max_length=24)
    points = models.PositiveIntegerField()
    reached_at = models.DateTimeField(help_text="When these points were reached.")

    objects = LeaderboardRowQuerySet.as_manager()

    affects_pages = False

    class Meta:
        indexes = [models.Index(fields=["board", "-points", "reached_at"], name="leaderboard_row_best_first")]
        constraints = [
            models.UniqueConstraint(fields=["player", "board"], name="leaderboard_row_once_a_board"),
        ]

    def __str__(self) -> str:
        return f"{self.player}: {self.points}"
