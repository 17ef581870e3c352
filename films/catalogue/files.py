"""
Reads catalogue files as rows, each of which is a dictionary of cells by folded heading.

The format is recognised by the first characters of the file: JSON, JSON lines, MovieLens's older sets,
or else a table with commas, semicolons, tabs or bars.
"""

import csv
import io
import json
import re
from typing import Any

from films.catalogue.columns import HEADINGS
from films.titles import folded

type Row = dict[str, Any]

MOVIELENS_GENRES = (
    "unknown|Action|Adventure|Animation|Children's|Comedy|Crime|Documentary|Drama|"
    "Fantasy|Film-Noir|Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|War|Western"
).split("|")


class Unreadable(Exception):
    """The file is no catalogue; the message says what was expected."""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-16, UTF-8, Windows-1252 or, failing these, Latin-1."""
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_rows(text: str) -> list[Row]:
    """The rows of a file, in its order. Raises `Unreadable` if the file has no rows of films."""
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        return _json_rows(text, one_per_line=start == "{")
    first = text.partition("\n")[0]
    if "::" in first:
        return [_movielens(line.split("::"), 2) for line in text.splitlines() if line.strip()]
    if re.match(r"\d+\|[^|]*\|", first):
        return [_movielens(line.split("|"), None) for line in text.splitlines() if line.strip()]
    return _table_rows(text, first)


def _json_rows(text: str, *, one_per_line: bool) -> list[Row]:
    try:
        lines = [line for line in text.splitlines() if line.strip()] if one_per_line else []
        rows = [json.loads(line) for line in lines] if one_per_line else json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON after all: line {error.lineno}, {error.msg}.") from None
    return [
        {folded(str(name)): value for name, value in row.items()} if isinstance(row, dict) else {}
        for row in rows
    ]


def _movielens(cells: list[str], genres_at: int | None) -> Row:
    """A row of MovieLens's older sets: `1::Title (1995)::A|B`, or `1|Title (1995)|…|0|1|…`."""
    row = {"title": cells[1] if len(cells) > 1 else ""}
    if genres_at:
        row["genres"] = cells[genres_at] if len(cells) > genres_at else ""
    else:
        flags = cells[5 : 5 + len(MOVIELENS_GENRES)]
        named = zip(flags, MOVIELENS_GENRES, strict=False)
        row["genres"] = "|".join(name for flag, name in named if flag == "1" and name != "unknown")
    return row


def _table_rows(text: str, first: str) -> list[Row]:
    delimiter = max("\t,;|", key=first.count)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
    )
    try:
        headings, *lines = [line for line in reader if any(cell.strip() for cell in line)]
    except (csv.Error, ValueError):
        raise Unreadable("This file has no table in it.") from None
    names = [folded(heading) for heading in headings]
    if not set(names) & set(HEADINGS["title"]):
        raise Unreadable(
            "No column is called title. Name the columns in the first line: "
            "title, year, runtime, director, imdb_id."
        )
    return [dict(zip(names, line, strict=False)) for line in lines]
