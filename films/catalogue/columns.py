"""The columns of a catalogue: under which headings each is found, and the text of its cells."""

from collections.abc import Mapping
from typing import Any

NULLS = {"", "\\N", "null", "none", "n/a", "nan", "-"}
# The folded headings of each field; the first one with a value is used.
HEADINGS: dict[str, list[str]] = {
    "title": ["title", "primarytitle", "film", "movie", "name", "movie title"],
    "original_title": ["original title", "originaltitle"],
    "year": ["year", "startyear", "release date", "released", "date"],
    "runtime": ["runtime", "runtimeminutes", "running time min", "running time", "minutes"],
    "directors": ["director", "directors"],
    "genres": ["genres", "genre", "major genre"],
    "certificate": ["certificate", "mpaa rating", "mpaa"],
    "imdb_id": ["imdb id", "tconst", "imdb", "imdbid"],
    "kind": ["titletype"],
}


def _cell_text(value: Any) -> str:
    """The value of a cell on one line; every notation for "no value" becomes ""."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = " ".join(str("" if value is None else value).replace("\0", "").split())
    return "" if text.casefold() in NULLS else text


def cell(row: Mapping[str, Any], name: str) -> str:
    """The text of one field of a row, or "" if it has none."""
    return next((text for key in HEADINGS[name] if (text := _cell_text(row.get(key)))), "")
