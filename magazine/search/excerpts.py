"""Excerpts of search results: the text around the first hit, with every hit marked."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from films.titles import folded

TOKEN = re.compile(r"[\w'’]+")
BEFORE, AFTER = 70, 150  # characters around the first hit


class Stretch(NamedTuple):
    """A part of an excerpt; `hit` says whether it is a word that was searched for."""

    text: str
    hit: bool


@lru_cache(maxsize=65_536)
def _folded_words(token: str) -> list[str]:
    return folded(token).split()


def excerpt(text: str, words: Iterable[str]) -> list[Stretch]:
    """The text around the first hit of `words` (folded) in `text`; [] if there is no hit."""
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


def _is_hit(token: str, wanted: tuple[str, ...]) -> bool:
    return any(word.startswith(wanted) for word in _folded_words(token))


def _stretches(shown: str, wanted: tuple[str, ...]) -> Iterator[Stretch]:
    at = 0
    for token in TOKEN.finditer(shown):
        if _is_hit(token[0], wanted):
            if token.start() > at:
                yield Stretch(shown[at : token.start()], False)
            yield Stretch(token[0], True)
            at = token.end()
    if at < len(shown):
        yield Stretch(shown[at:], False)
