"""Nicknames on leaderboards: a player's own choice, looked at word by word, taken off at any time."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from fans.limits import record_hit
from films.titles import folded
from trivia.leaderboards import update_leaderboards
from trivia.models import HeldWord, Player

if TYPE_CHECKING:
    from trivia.models.players import PlayerQuerySet

CHANGES_A_DAY = 10
NICKNAME_TAKEN = "Somebody plays under this nickname already. Choose another."
# Whom nobody may pretend to be.
RESERVED = {"cinemaclips", "editor", "admin", "administrator", "staff", "moderator"}
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def set_nickname(player: Player, nickname: str) -> str:
    """
    Let `player` stand on leaderboards as `nickname`; the sentence that says why not, or "".

    It is shown at once, unless a word of it waits for a look, or staff have taken one off before.
    """
    if record_hit("nickname", str(player.pk), timedelta(days=1)) > CHANGES_A_DAY:
        return "You have changed it very often today. Please try again tomorrow."
    previous = player.nickname_status
    held = previous in (Player.NicknameStatus.HIDDEN, Player.NicknameStatus.HELD) or is_held(nickname)
    try:
        _save_nickname(player, nickname, Player.NicknameStatus.HELD if held else Player.NicknameStatus.SHOWN)
    except IntegrityError:  # somebody else was faster
        return NICKNAME_TAKEN
    return ""


def remove_nickname(player: Player) -> None:
    """Take `player` off every leaderboard. What staff have hidden stays known as hidden."""
    if player.nickname_status == Player.NicknameStatus.HIDDEN:
        return
    _save_nickname(player, "", Player.NicknameStatus.NONE)


@transaction.atomic
def _save_nickname(player: Player, nickname: str, nickname_status: Player.NicknameStatus) -> None:
    player.nickname, player.nickname_status = nickname, nickname_status
    player.save(update_fields=["nickname", "nickname_key", "nickname_status"])
    update_leaderboards([player.pk])


@transaction.atomic
def set_nickname_status(players: "PlayerQuerySet", status: Player.NicknameStatus) -> int:
    """Let all of `players` (a queryset) be shown, or none of them; how many."""
    pks = list(players.exclude(nickname="").values_list("pk", flat=True))
    Player.objects.filter(pk__in=pks).update(nickname_status=status)
    update_leaderboards(pks)
    return len(pks)


def is_held(nickname: str) -> bool:
    """Whether staff should look at `nickname` first: it has a held word in it, or one of our own names."""
    words = words_of(nickname)
    return bool(words & RESERVED) or HeldWord.objects.filter(word__in=words).exists()


def words_of(nickname: str) -> set[str]:
    """
    Every word in a nickname, folded, as it stands and with figures read as the letters they look like.

    "xX_MyName_Xx" has four; letters that stand alone make one together. What is inside a word is no word.
    """
    spellings = {nickname, nickname.translate(LOOKALIKES)}
    words = set()
    for spelling in spellings:
        parts = re.findall(r"[^\W_]+", folded(CAMEL_CASE.sub(" ", spelling)))
        words |= {*parts, "".join(parts)}
        words.add("".join(part for part in parts if len(part) == 1))
    return words - {""}
