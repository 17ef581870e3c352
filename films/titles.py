"""
One forgiving title match for search, the desk, requests and games.

A title and whatever a reader typed are both brought to a *key*: case, accents, punctuation, leading
articles, & and "and", number words and roman numerals no longer count. Keys are stored, so
that SQLite and PostgreSQL answer alike; typos are counted in Python (rapidfuzz).
"""

import re
import unicodedata

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
# Letters that decomposition leaves alone, and marks that stand for words.
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


def folded(text):
    """Plain lower-case words and numbers, nothing else: "Amélie & Co." → "amelie and co"."""
    # Folded twice: decomposition can bring a plain capital out of an ornate letter.
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTER_REPLACEMENTS)).casefold()
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    text = ELISION.sub(r"\1 ", text)
    text = re.sub(r"(?<=\w)['’](?=\w)", "", text)
    return " ".join(re.findall(r"[^\W\d_]+|\d+", text))


def title_key(title):
    """What two spellings of one title share: "The Godfather, Part II" → "godfather part 2"."""
    words = [NUMBERS.get(word, word) for word in folded(article_first(title)).split()]
    words = [re.sub(r"^(st|nd|rd|th)$", "", word) if i and words[i - 1].isdigit() else word
             for i, word in enumerate(words)]  # fmt: skip
    words = [word for word in words if word]
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


def article_first(title):
    """ "Barbarians, The" → "The Barbarians"."""
    catalogued = TRAILING_ARTICLE.match(title.strip())
    if not catalogued:
        return title
    article = catalogued["article"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{catalogued['title']}"


def title_sort_key(title):
    """Where a title stands in an alphabet: "The Third Man" → "third man"."""
    words = folded(article_first(title)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def name_sort_key(name):
    """Where a name stands in an alphabet: "Fritz Lang" → "lang fritz"."""
    words = folded(name).split()
    last = next((at for at in range(len(words) - 1, 0, -1) if words[at] not in NAME_SUFFIXES), 0)
    return " ".join([*words[last:], *words[:last]])


class KeyField(models.CharField):
    """What follows from another field of the same row, at every save: its key, or its sort key."""

    def __init__(self, *args, of, by=title_key, **kwargs):
        self.of, self.by = of, by
        super().__init__(*args, **{"max_length": 300, "editable": False, "db_index": True} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        by = {} if self.by is title_key else {"by": self.by}
        return name, path, args, kwargs | {"of": self.of} | by

    def pre_save(self, instance, add):
        key = self.by(getattr(instance, self.of))[: self.max_length]
        setattr(instance, self.attname, key)
        return key


def rank_matches(keys, text, limit):
    """
    The ids behind the keys that answer `text`, best first.

    `keys` is a sequence of (id, key). The same key comes before a beginning, a beginning before
    all words somewhere, and these before small typos; the earlier listed first among equals.
    """
    wanted = title_key(text)
    if not wanted:
        return []
    tiers = ([], [], [])
    for pk, key in keys:
        tier = _tier(key, wanted)
        if tier is not None:
            tiers[tier].append(pk)
    found = list(dict.fromkeys([pk for tier in tiers for pk in tier]))
    if len(found) < limit and len(wanted) > 3:
        found = list(dict.fromkeys(found + _near_misses(keys, wanted, limit)))
    return found[:limit]


def is_same_title(text, title):
    """Whether `text` is `title`, but for what a key leaves out and a small slip. Figures must agree."""
    wanted, key = title_key(text), title_key(title)
    if not wanted or _numbers_in(wanted) != _numbers_in(key):
        return False
    return wanted == key or (len(wanted) > 3 and fuzz.ratio(wanted, key) >= MIN_SIMILARITY)


def _numbers_in(key):
    return [word for word in key.split() if word.isdigit()]


def _tier(key, wanted):
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    words = key.split()
    return 2 if all(any(word.startswith(w) for word in words) for w in wanted.split()) else None


def _near_misses(keys, wanted, limit):
    """Keys that are the wanted one but for a slip or two, then those with such words in them."""
    names = [key for _, key in keys]
    close = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=limit)
    if len(close) < limit and len(wanted) > 5:
        # "Metropolis" has an M in it, and is no slip of "M".
        longer = [name if len(name) >= len(wanted) else None for name in names]
        close += process.extract(
            wanted, longer, scorer=fuzz.partial_ratio, score_cutoff=MIN_SIMILARITY_INSIDE, limit=limit
        )
    return [keys[index][0] for _, _, index in close]
