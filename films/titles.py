"""
Title keys: the one way to compare titles in search, the admin, requests and games.

A title and what a reader typed are both turned into a *key*. Two titles with the same key differ only
in case, accents, punctuation, a leading article, "&" for "and", or number words and roman numerals for
figures. Keys are stored in the database, so that SQLite and PostgreSQL give the same results. Typos
are compared in Python (rapidfuzz).
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from rapidfuzz import fuzz, process

ARTICLES = set(
    (
        "the a an le la les l un une der die das ein eine el los las il lo gli o os as de het een den det "
        "en ett"
    ).split()
)
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split()
NUMBERS = (
    {word: str(number) for number, word in enumerate(UNITS)}
    | {word: str(number * 10) for number, word in enumerate(TENS, 2)}
    | {word: str(number) for number, word in enumerate(ORDINALS, 1)}
    | {word: str(number) for number, word in enumerate(ROMAN, 1)}
)
# Letters that Unicode decomposition does not change, and signs that stand for letters or words.
LETTER_REPLACEMENTS = str.maketrans({
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "¢": "c", "$": "s", "&": " and ", "+": " and ", "@": " at ",
})  # fmt: skip
# "L'Avventura" and "coup d'état" are two words each; "O'Hara" and "crane's" are one.
ELISION = re.compile(r"\b(qu|[cdjlmnst])['’](?=[aeiouyh])")
TRAILING_ARTICLE = re.compile(
    r"^(?P<title>.+),\s+(?P<article>The|An?|L[ae]s?|L'|Die|Der|Das|El|Los|Las|Il|Lo|Gli)$", re.I
)
NAME_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
MIN_SIMILARITY = 82  # of 100; "Metropolsi" scores 90 against "Metropolis", "Rebecca" 57 against "Red Dust"
MIN_SIMILARITY_INSIDE = 86  # "hichcock" scores 93 within "alfred hitchcock"


def folded(text: str) -> str:
    """Lower-case words and numbers without accents or punctuation: "Amélie & Co." → "amelie and co"."""
    # Case is folded twice, because decomposition can turn an ornate letter into a plain capital.
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTER_REPLACEMENTS)).casefold()
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    text = ELISION.sub(r"\1 ", text)
    text = re.sub(r"(?<=\w)['’](?=\w)", "", text)
    return " ".join(re.findall(r"[^\W\d_]+|\d+", text))


def title_key(title: str) -> str:
    """The key that all spellings of one title share: "The Godfather, Part II" → "godfather part 2"."""
    words = [NUMBERS.get(word, word) for word in folded(article_first(title)).split()]
    words = [re.sub(r"^(st|nd|rd|th)$", "", word) if i and words[i - 1].isdigit() else word
             for i, word in enumerate(words)]  # fmt: skip
    words = [word for word in words if word]
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


def article_first(title: str) -> str:
    """ "Barbarians, The" → "The Barbarians"."""
    catalogued = TRAILING_ARTICLE.match(title.strip())
    if not catalogued:
        return title
    article = catalogued["article"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{catalogued['title']}"


def title_sort_key(title: str) -> str:
    """The key that sorts a title in an alphabetical list: "The Third Man" → "third man"."""
    words = folded(article_first(title)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def name_sort_key(name: str) -> str:
    """The key that sorts a name in an alphabetical list: "Fritz Lang" → "lang fritz"."""
    words = folded(name).split()
    last = next((at for at in range(len(words) - 1, 0, -1) if words[at] not in NAME_SUFFIXES), 0)
    return " ".join([*words[last:], *words[:last]])


class KeyField(models.CharField):
    """A key derived from another field (`of`) of the same row, by the function `by`, at every save."""

    def __init__(self, *args: Any, of: str, by: Callable[[str], str] = title_key, **kwargs: Any) -> None:
        self.of, self.by = of, by
        options: dict[str, Any] = {"max_length": 300, "editable": False, "db_index": True} | kwargs
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        by = {} if self.by is title_key else {"by": self.by}
        return name, path, args, kwargs | {"of": self.of} | by

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.by(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


def rank_matches(keys: Sequence[tuple[int, str]], text: str, limit: int) -> list[int]:
    """
    The primary keys of at most `limit` matches for `text`, best first.

    `keys` are (primary key, title key) pairs. An equal key ranks first, then a key that begins with the
    text, then a key that contains the beginnings of all its words, then keys with small typos. Equally
    good matches stay in the order of `keys`.
    """
    wanted = title_key(text)
    if not wanted:
        return []
    tiers: tuple[list[int], ...] = ([], [], [])
    for pk, key in keys:
        tier = _tier(key, wanted)
        if tier is not None:
            tiers[tier].append(pk)
    found = list(dict.fromkeys([pk for tier in tiers for pk in tier]))
    if len(found) < limit and len(wanted) > 3:
        found = list(dict.fromkeys(found + _near_misses(keys, wanted, limit)))
    return found[:limit]


def is_same_title(text: str, title: str) -> bool:
    """Whether `text` names `title`, with small typos allowed in words but not in figures."""
    wanted, key = title_key(text), title_key(title)
    if not wanted or _numbers_in(wanted) != _numbers_in(key):
        return False
    return wanted == key or (len(wanted) > 3 and fuzz.ratio(wanted, key) >= MIN_SIMILARITY)


def _numbers_in(key: str) -> list[str]:
    return [word for word in key.split() if word.isdigit()]


def _tier(key: str, wanted: str) -> int | None:
    """0 for an equal key, 1 for a beginning, 2 for all words; None if `key` does not match."""
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    words = key.split()
    return 2 if all(any(word.startswith(w) for word in words) for w in wanted.split()) else None


def _near_misses(keys: Sequence[tuple[int, str]], wanted: str, limit: int) -> list[int]:
    """Rows whose key is like `wanted` as a whole, then rows whose key contains something like it."""
    names = [key for _, key in keys]
    close = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=limit)
    if len(close) < limit and len(wanted) > 5:
        # Keys shorter than the wanted one are skipped: "M" is contained in "Metropolis", but is no match.
        longer = [name if len(name) >= len(wanted) else None for name in names]
        close += process.extract(
            wanted, longer, scorer=fuzz.partial_ratio, score_cutoff=MIN_SIMILARITY_INSIDE, limit=limit
        )
    return [keys[index][0] for _, _, index in close]
