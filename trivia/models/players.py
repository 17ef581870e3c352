"""Players, their nicknames, and their rows on leaderboards."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans import codes
from films.titles import KeyField, folded

PLAYER_LIFETIME = timedelta(days=400)  # a player after the last game, and the player's cookie
CODE_LENGTH = 16  # 80 bits
LONGEST_NICKNAME = 24
BOARD_LENGTH = 20


def new_code() -> str:
    return codes.random_code(CODE_LENGTH)


class PlayerQuerySet(models.QuerySet["Player"]):
    def inactive(self, now: datetime) -> Self:
        """Players who have begun no game for 400 days before `now`."""
        since = now - PLAYER_LIFETIME
        old_players = self.filter(created_on__lt=since.date())
        return old_players.exclude(plays__began_at__gt=since).exclude(attempts__began_at__gt=since)


class Player(models.Model):
    """
    A player without an account. `code` is random; it is in the player's cookie and is the restore code.

    A nickname is optional. Leaderboards show it until the player or staff remove it.
    """

    class NicknameStatus(models.TextChoices):
        NONE = "", "On no leaderboard"
        SHOWN = "shown", "On the leaderboards"
        HELD = "held", "Waits for review"
        HIDDEN = "hidden", "Hidden by staff"

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    created_on = models.DateField("created on", default=timezone.localdate)
    nickname = models.CharField(max_length=LONGEST_NICKNAME, blank=True)
    nickname_key = KeyField(of="nickname", by=folded, max_length=100, default="")
    nickname_status = models.CharField(
        "state", max_length=6, choices=NicknameStatus, blank=True, default=NicknameStatus.NONE
    )

    objects = PlayerQuerySet.as_manager()

    affects_pages = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nickname_key"],
                condition=~Q(nickname_key=""),
                name="player_one_of_a_name",
                violation_error_message="Somebody plays under this nickname already. Choose another.",
            ),
            models.CheckConstraint(
                condition=Q(nickname_status="") | ~Q(nickname=""),
                name="player_shown_has_a_nickname",
                violation_error_message="Nobody stands on a leaderboard without a nickname.",
            ),
        ]

    def __str__(self) -> str:
        return self.nickname or "A player without a nickname"

    @property
    def formatted_code(self) -> str:
        """The restore code in groups with hyphens."""
        return codes.grouped(self.code, "-")


class HeldWord(models.Model):
    """
    A word that keeps a nickname from being shown until staff have reviewed it.

    Only whole words are compared: "Scunthorpe" is not held for the letters inside it.
    """

    word = models.CharField(max_length=40, unique=True)

    affects_pages = False

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


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
