"""Words that keep a nickname from being shown until staff have reviewed it."""

import re

from films.titles import folded
from trivia.models import HeldWord

# Words that would make a player look like one of the staff.
RESERVED = {"cinemaclips", "editor", "admin", "administrator", "staff", "moderator"}
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_held(nickname: str) -> bool:
    """Whether staff must review `nickname` first: it contains a held word or a reserved one."""
    words = words_of(nickname)
    return bool(words & RESERVED) or HeldWord.objects.filter(word__in=words).exists()


def words_of(nickname: str) -> set[str]:
    """
    The words of a nickname, folded: as written, and with digits and signs replaced by similar letters.

    "xX_MyName_Xx" gives its parts, all parts joined, and all single letters joined. Parts of a word are
    no words, so that a held word is not found inside a harmless one.
    """
    spellings = {nickname, nickname.translate(LOOKALIKES)}
    words = set()
    for spelling in spellings:
        parts = re.findall(r"[^\W_]+", folded(CAMEL_CASE.sub(" ", spelling)))
        words |= {*parts, "".join(parts)}
        words.add("".join(part for part in parts if len(part) == 1))
    return words - {""}
