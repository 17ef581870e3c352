"""Nicknames on leaderboards: a player's own choice, looked at word by word, taken off at any time."""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction

from fans.limits import record_hit
from films.titles import folded
from trivia.models import HeldWord, Player
from trivia.standings import enter

CHANGES_A_DAY = 10
TAKEN = "Somebody plays under this nickname already. Choose another."
# Whom nobody may pretend to be.
RESERVED = {"cinemaclips", "editor", "admin", "administrator", "staff", "moderator"}
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def take(player, nickname):
    """
    Let `player` stand on leaderboards as `nickname`; the sentence that says why not, or "".

    It is shown at once, unless a word of it waits for a look, or staff have taken one off before.
    """
    if record_hit("nickname", str(player.pk), timedelta(days=1)) > CHANGES_A_DAY:
        return "You have changed it very often today. Please try again tomorrow."
    before = player.naming
    held = before in (Player.Naming.HIDDEN, Player.Naming.HELD) or is_held(nickname)
    try:
        _become(player, nickname, Player.Naming.HELD if held else Player.Naming.SHOWN)
    except IntegrityError:  # somebody else was faster
        return TAKEN
    return ""


def drop(player):
    """Take `player` off every leaderboard. What staff have hidden stays known as hidden."""
    if player.naming == Player.Naming.HIDDEN:
        return
    _become(player, "", Player.Naming.NONE)


@transaction.atomic
def _become(player, nickname, naming):
    player.nickname, player.naming = nickname, naming
    player.save(update_fields=["nickname", "nickname_key", "naming"])
    enter([player.pk])


@transaction.atomic
def show_all(players, naming):
    """Let all of `players` (a queryset) be shown, or none of them; how many."""
    numbers = list(players.exclude(nickname="").values_list("pk", flat=True))
    Player.objects.filter(pk__in=numbers).update(naming=naming)
    enter(numbers)
    return len(numbers)


def is_held(nickname):
    """Whether staff should look at `nickname` first: it has a held word in it, or one of our own names."""
    said = words_of(nickname)
    return bool(said & RESERVED) or HeldWord.objects.filter(word__in=said).exists()


def words_of(nickname):
    """
    Every word in a nickname, folded, as it stands and with figures read as the letters they look like.

    "xX_MyName_Xx" has four; letters that stand alone make one together. What is inside a word is no word.
    """
    spoken = {nickname, nickname.translate(LOOKALIKES)}
    words = set()
    for each in spoken:
        parts = re.findall(r"[^\W_]+", folded(HUMP.sub(" ", each)))
        words |= {*parts, "".join(parts)}
        words.add("".join(part for part in parts if len(part) == 1))
    return words - {""}
