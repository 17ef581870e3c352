"""
Parses the redirect map of an old site, line by line.

A line holds the old and the new URL, separated by blanks, a tab, a comma or a semicolon. Of a full URL only
path and query are used. A star at the end of the old path matches everything that follows; a star at the end
of the new path inserts it. Lines that begin with # are comments. Further columns are ignored.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from django.urls import Resolver404, resolve

from redirects.models import MAX_PATH_LENGTH, Redirect

SEPARATOR, BLANKS = re.compile(r"\s*[,;\t]\s*"), re.compile(r"\s+")


class MapLine(NamedTuple):
    """One parsed line: an unsaved redirect, or None and the `reason` why there is none."""

    line_number: int
    redirect: Redirect | None
    reason: str = ""


def parse_map(text: str) -> Iterator[MapLine]:
    """A `MapLine` for every line of `text` that is not empty or a comment, in order."""
    for line_number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield _parse_line(line_number, line.strip())


def _parse_line(line_number: int, line: str) -> MapLine:
    separator = SEPARATOR if SEPARATOR.search(line) else BLANKS
    cells = [cell.strip("\"' ") for cell in separator.split(line) if cell]
    if len(cells) < 2:
        return MapLine(line_number, None, "There are no two addresses on it.")
    try:
        old, new = urlsplit(cells[0]), urlsplit(cells[1])
    except ValueError:
        return MapLine(line_number, None, "That is no address.")
    redirect = Redirect(
        old_path=unquote(old.path).removesuffix("*") or "/",
        old_query=old.query,
        is_prefix=old.path.endswith("*"),
        new_path=unquote(new.path).replace(":splat", "*") + (f"?{new.query}" if new.query else ""),
    )
    reason = _rejection_reason(redirect, new)
    return MapLine(line_number, None if reason else redirect, reason)


def _rejection_reason(redirect: Redirect, new: SplitResult) -> str:
    """The reason why this redirect cannot be imported; "" if it can."""
    if (
        not redirect.old_path.startswith("/")
        or not redirect.new_path.startswith("/")
        or redirect.new_path.startswith("//")
    ):
        return "Both addresses must begin with one slash, or be whole."
    longest = max(len(redirect.old_path), len(redirect.old_query), len(redirect.new_path))
    if longest > MAX_PATH_LENGTH or "\0" in str(redirect):
        return f"An address has {MAX_PATH_LENGTH} characters at most, and none that cannot be printed."
    if new.netloc and new.scheme not in ("http", "https"):
        return "The new address is no page of a site."
    if (redirect.old_path, redirect.old_query) == (redirect.new_path, ""):
        return "It leads to itself."
    return "" if _has_page(redirect.new_path) else f"Nothing on this site answers at {redirect.new_path}."


def _has_page(path: str) -> bool:
    try:
        resolve(path.partition("?")[0].removesuffix("*") if path.endswith("*") else path.partition("?")[0])
    except Resolver404:
        return path.endswith("*")
    return True
