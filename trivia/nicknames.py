"""Nicknames on leaderboards: players choose and remove them, staff review those with held words."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from fans.limits import record_hit
from trivia.held_words import is_held
from trivia.leaderboard_points import update_leaderboards
from trivia.models import Player

CHANGES_A_DAY = 10
NICKNAME_TAKEN = "Somebody plays under this nickname already. Choose another."


def set_nickname(player: Player, nickname: str) -> str:
    """
    Save the nickname of `player` and update leaderboards. Returns "" or the reason why it was not saved.

    The nickname is shown at once. It is held for review if it contains a held word, or if staff have
    hidden a nickname of this player before, or hold one. Counts towards ten changes a day.
    """
    if record_hit("nickname", str(player.pk), timedelta(days=1)) > CHANGES_A_DAY:
        return "You have changed it very often today. Please try again tomorrow."
    previous = player.nickname_status
    held = previous in (Player.NicknameStatus.HIDDEN, Player.NicknameStatus.HELD) or is_held(nickname)
    try:
        _save_nickname(player, nickname, Player.NicknameStatus.HELD if held else Player.NicknameStatus.SHOWN)
    except IntegrityError:  # another player has just taken it
        return NICKNAME_TAKEN
    return ""


def remove_nickname(player: Player) -> None:
    """Delete the nickname of `player` and its leaderboard rows. One that staff have hidden stays hidden."""
    if player.nickname_status == Player.NicknameStatus.HIDDEN:
        return
    _save_nickname(player, "", Player.NicknameStatus.NONE)


@transaction.atomic
def _save_nickname(player: Player, nickname: str, nickname_status: Player.NicknameStatus) -> None:
    player.nickname, player.nickname_status = nickname, nickname_status
    player.save(update_fields=["nickname", "nickname_key", "nickname_status"])
    update_leaderboards([player.pk])


@transaction.atomic
def set_nickname_status(players: QuerySet[Player], status: Player.NicknameStatus) -> int:
    """Set the status of those of `players` who have a nickname. Returns how many."""
    pks = list(players.exclude(nickname="").values_list("pk", flat=True))
    Player.objects.filter(pk__in=pks).update(nickname_status=status)
    update_leaderboards(pks)
    return len(pks)
