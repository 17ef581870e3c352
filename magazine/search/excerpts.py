"""The lines of a text around what was asked for, with the hits set apart."""

import re
from functools import lru_cache
from typing import NamedTuple

from films.titles import folded

TOKEN = re.compile(r"[\w'’]+")
BEFORE, AFTER = 70, 150  # characters around the first hit


class Stretch(NamedTuple):
    """A stretch of an excerpt; `hit` says whether it is what was asked for."""

    text: str
    hit: bool


@lru_cache(maxsize=65_536)
def _folded_words(token):
    return folded(token).split()


def excerpt(text, words):
    """Stretches of `text` around the first of `words` (folded); [] if none of them is in it."""
    wanted = tuple(words)
    first = next((token for token in TOKEN.finditer(text) if _is_hit(token[0], wanted)), None)
    if first is None:
        return []
    start = text.rfind(" ", 0, max(first.start() - BEFORE, 0)) + 1 if first.start() > BEFORE else 0
    end = text.find(" ", first.end() + AFTER)
    shown = text[start:] if end < 0 else text[start:end]
    stretches = list(_stretches(shown, wanted))
    opening = [Stretch("… ", False)] if start else []
    return opening + stretches + ([Stretch(" …", False)] if end >= 0 else [])


def _is_hit(token, wanted):
    return any(word.startswith(wanted) for word in _folded_words(token))


def _stretches(shown, wanted):
    at = 0
    for token in TOKEN.finditer(shown):
        if _is_hit(token[0], wanted):
            if token.start() > at:
                yield Stretch(shown[at : token.start()], False)
            yield Stretch(token[0], True)
            at = token.end()
    if at < len(shown):
        yield Stretch(shown[at:], False)
