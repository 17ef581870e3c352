"""Players and their nicknames."""

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
    withdrawal_fields = ["nickname", "nickname_status"]

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
