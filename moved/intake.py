"""
Reading an old site's map of addresses, line by line.

A line holds the old and the new address, apart by blanks, a tab or a comma. Whole addresses of any host are
taken by their path. A star at the end of the old path stands for all that follows it, and one at the end of
the new path takes it over. Lines that begin with # are comments; what a line holds beyond two is left out.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

from moved.models import LONGEST, Move

SIGN, BLANK = re.compile(r"\s*[,;\t]\s*"), re.compile(r"\s+")


class Line(NamedTuple):
    """One line of the map, understood: a move that is not saved yet; or the `reason` why not."""

    number: int
    move: Move | None
    reason: str = ""


def read_map(text):
    """Every line of `text` that is not empty or a comment, as `Line`s, in order."""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield _line(number, line.strip())


def _line(number, line):
    apart = SIGN if SIGN.search(line) else BLANK
    cells = [cell.strip("\"' ") for cell in apart.split(line) if cell]
    if len(cells) < 2:
        return Line(number, None, "There are no two addresses on it.")
    try:
        old, new = urlsplit(cells[0]), urlsplit(cells[1])
    except ValueError:
        return Line(number, None, "That is no address.")
    move = Move(
        old_path=unquote(old.path).removesuffix("*") or "/",
        old_query=old.query,
        is_splat=old.path.endswith("*"),
        new_path=unquote(new.path).replace(":splat", "*") + (f"?{new.query}" if new.query else ""),
    )
    reason = _refusal(move, new)
    return Line(number, None if reason else move, reason)


def _refusal(move, new):
    """Why a move cannot be taken in; "" if it can."""
    if (
        not move.old_path.startswith("/")
        or not move.new_path.startswith("/")
        or move.new_path.startswith("//")
    ):
        return "Both addresses must begin with one slash, or be whole."
    if max(len(move.old_path), len(move.old_query), len(move.new_path)) > LONGEST or "\0" in str(move):
        return f"An address has {LONGEST} characters at most, and none that cannot be printed."
    if new.netloc and new.scheme not in ("http", "https"):
        return "The new address is no page of a site."
    if (move.old_path, move.old_query) == (move.new_path, ""):
        return "It leads to itself."
    return "" if _has_a_page(move.new_path) else f"Nothing on this site answers at {move.new_path}."


def _has_a_page(path):
    try:
        resolve(path.partition("?")[0].removesuffix("*") if path.endswith("*") else path.partition("?")[0])
    except Resolver404:
        return path.endswith("*")
    return True
