"""
Reading film catalogues: CSV, JSON, IMDb's title.basics, MovieLens, each as a stream of records.

What comes out is clean: a title with its article in front and its accents right, a year in the
right century. What cannot become a film comes out as a `Problem` that says why.
"""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from statistics import median

from films.mojibake import repair
from films.titles import article_first, folded

NULLS = {"", "\\N", "null", "none", "n/a", "nan", "-"}
# Where each field may be found, headings folded; the first that has something wins.
HEADINGS = {
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
FILM_KINDS = {"movie", "tvMovie", "short", "tvShort", "video"}
MOVIELENS_GENRES = (
    "unknown|Action|Adventure|Animation|Children's|Comedy|Crime|Documentary|Drama|"
    "Fantasy|Film-Noir|Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|War|Western"
).split("|")
YEAR_IN_BRACKETS = re.compile(r"\s*\((\d{4})\)\s*$")
NAME_IN_BRACKETS = re.compile(r"\s*\((?:a\.k\.a\. )?([^()]+)\)\s*$")
DATES = ["%b %d %Y", "%Y-%m-%d", "%d-%b-%Y", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y"]
FIRST_YEAR, LAST_YEAR = 1870, 2150


class Unreadable(Exception):
    """A file that is no catalogue; the text says what was expected."""


@dataclass(frozen=True)
class Problem:
    """A row that cannot become a film, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Record:
    """One film as a catalogue tells it. `row` counts from 1, headings not counted."""

    row: int
    title: str
    original_title: str = ""
    year: int | None = None
    runtime: int | None = None
    directors: tuple = ()
    genres: tuple = ()
    certificate: str = ""
    imdb_id: str = ""
    aliases: tuple = field(default=())
    year_in_title: bool = False


def read_catalogue(data: bytes, today: date):
    """
    The records and problems of a catalogue file, in its order; a list.

    Raises `Unreadable` where the file as a whole makes no sense.
    """
    rows = _rows(_decoded(data))
    if not rows:
        raise Unreadable("There is nothing in this file.")
    items = [_record(row_number, row) for row_number, row in enumerate(rows, 1)]
    return _correct_centuries(items, today)


def _decoded(data):
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _rows(text):
    """The file as dictionaries with folded headings; its kind is told by how it begins."""
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        return _json_rows(text, a_line_each=start == "{")
    first = text.partition("\n")[0]
    if "::" in first:
        return [_movielens(line.split("::"), 2) for line in text.splitlines() if line.strip()]
    if re.match(r"\d+\|[^|]*\|", first):
        return [_movielens(line.split("|"), None) for line in text.splitlines() if line.strip()]
    return _table_rows(text, first)


def _json_rows(text, *, a_line_each):
    try:
        lines = [line for line in text.splitlines() if line.strip()] if a_line_each else []
        rows = [json.loads(line) for line in lines] if a_line_each else json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON after all: line {error.lineno}, {error.msg}.") from None
    return [
        {folded(str(name)): value for name, value in row.items()} if isinstance(row, dict) else {}
        for row in rows
    ]


def _movielens(cells, genres_at):
    """A row of MovieLens's older sets: `1::Title (1995)::A|B`, or `1|Title (1995)|…|0|1|…`."""
    row = {"title": cells[1] if len(cells) > 1 else ""}
    if genres_at:
        row["genres"] = cells[genres_at] if len(cells) > genres_at else ""
    else:
        flags = cells[5 : 5 + len(MOVIELENS_GENRES)]
        named = zip(flags, MOVIELENS_GENRES, strict=False)
        row["genres"] = "|".join(name for flag, name in named if flag == "1" and name != "unknown")
    return row


def _table_rows(text, first):
    delimiter = max("\t,;|", key=first.count)
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
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


def _cell_text(value):
    """A cell as one line; the many ways to say nothing become ""."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = " ".join(str("" if value is None else value).replace("\0", "").split())
    return "" if text.casefold() in NULLS else text


def _cell(row, name):
    return next((text for key in HEADINGS[name] if (text := _cell_text(row.get(key)))), "")


def _record(row_number, row):
    title = _cell(row, "title")
    kind = _cell(row, "kind")
    if not title:
        return Problem(row_number, "There is no title.")
    if kind and kind not in FILM_KINDS:
        return Problem(row_number, f"“{title}” is not a film ({kind}).")
    if len(title) > 250:
        return Problem(row_number, "The title is longer than 250 characters.")
    title, year, aliases = _split_title(title)
    year_in_title, year = bool(year), year or _year(_cell(row, "year"))
    problem = _problem_with(row, year)
    if problem:
        return Problem(row_number, f"“{title}”: {problem}")
    original = repair(article_first(_cell(row, "original_title")))
    return Record(
        row=row_number,
        title=title,
        original_title="" if original == title else original,
        year=year,
        runtime=_parse_value("runtime", _cell(row, "runtime")) or None,
        directors=_split_names(_cell(row, "directors")),
        genres=_split_names(_cell(row, "genres")),
        certificate=_cell(row, "certificate"),
        imdb_id=_parse_value("imdb_id", _cell(row, "imdb_id")) or "",
        aliases=aliases,
        year_in_title=year_in_title,
    )


def _problem_with(row, year):
    """What makes a row unusable, as the end of a sentence; None if nothing does."""
    if year is None and _cell(row, "year"):
        return f"{_cell(row, 'year')} is no year or date."
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return f"films were not made in {year}."
    for name, meaning in (("runtime", "running time in minutes"), ("imdb_id", "IMDb number")):
        text = _cell(row, name)
        if text and not _parse_value(name, text):
            return f"{text} is no {meaning}."
    return None


def _split_title(title):
    """ "Postman, The (Postino, Il) (1994)" → "The Postman", 1994, ("Il Postino",)."""
    year = YEAR_IN_BRACKETS.search(title)
    if year and year.start():
        title = title[: year.start()]
    aliases = []
    while year and (other := NAME_IN_BRACKETS.search(title)) and other.start():
        aliases.insert(0, repair(article_first(other[1])))
        title = title[: other.start()]
    title = repair(article_first(title.strip()))
    return title, int(year[1]) if year else None, tuple(aliases)


def _year(text):
    """The year of "1927", "1927.0", "Jun 12 1998", "1998-06-12"; None for anything else."""
    if re.fullmatch(r"\d{4}(\.0)?", text):
        return int(text[:4])
    for shape in DATES:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC).year
        except ValueError:
            continue
    return None


def _parse_value(name, text):
    """A running time in minutes or an IMDb number, from its text; None if it is neither."""
    if name == "runtime":
        minutes = re.fullmatch(r"(\d{1,4})(?:\.0+)?(?:\s*min(?:utes)?\.?)?", text)
        return int(minutes[1]) if minutes and 0 < int(minutes[1]) <= 6000 else None
    number = re.fullmatch(r"(?:tt)?(\d{5,9})", text)
    return f"tt{number[1].zfill(7)}" if number else None


def _split_names(text):
    parts = re.split(r"\s*[|;]\s*|\s*,\s*(?!(?:Jr|Sr|I{1,3}|IV)\b)", text)
    return tuple(dict.fromkeys(part for part in parts if part and part != "(no genres listed)"))


def _correct_centuries(items, today):
    """
    Take a century off the years that two-digit dates were guessed into.

    A file with films from beyond the year after next proves that its centuries were guessed. Then
    the guess went wrong for everything after the gap that follows the bulk of its years.
    """
    dated = [item for item in items if isinstance(item, Record) and item.year]
    guessed = [item.year for item in dated if not item.year_in_title]
    if not guessed or max(guessed) <= today.year + 2:
        return items
    years, last = Counter(guessed), int(median(guessed))
    while years[last + 1] or (last + 1 < max(guessed) and _is_inside_bulk(years, last)):
        last += 1
    return [
        replace(item, year=item.year - 100)
        if isinstance(item, Record)
        and item.year
        and not item.year_in_title
        and item.year > last
        and item.year - 100 >= FIRST_YEAR
        else item
        for item in items
    ]


def _is_inside_bulk(years, year):
    """Whether a year without films lies inside the bulk: many more follow within two years."""
    return years[year + 2] >= 5
