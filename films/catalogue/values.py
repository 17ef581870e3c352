"""Titles, years, running times, IMDb numbers and lists of names, parsed from the text of a cell."""

import re
from datetime import UTC, datetime

from films.mojibake import repair
from films.titles import article_first

YEAR_IN_BRACKETS = re.compile(r"\s*\((\d{4})\)\s*$")
NAME_IN_BRACKETS = re.compile(r"\s*\((?:a\.k\.a\. )?([^()]+)\)\s*$")
DATES = ["%b %d %Y", "%Y-%m-%d", "%d-%b-%Y", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y"]
FIRST_YEAR, LAST_YEAR = 1870, 2150


def split_title(title: str) -> tuple[str, int | None, tuple[str, ...]]:
    """(title, year, aliases): "Postman, The (Postino, Il) (1994)" → "The Postman", 1994, ("Il Postino",)."""
    year = YEAR_IN_BRACKETS.search(title)
    if year and year.start():
        title = title[: year.start()]
    aliases: list[str] = []
    while year and (other := NAME_IN_BRACKETS.search(title)) and other.start():
        aliases.insert(0, repair(article_first(other[1])))
        title = title[: other.start()]
    title = repair(article_first(title.strip()))
    return title, int(year[1]) if year else None, tuple(aliases)


def parse_year(text: str) -> int | None:
    """The year of "1927", "1927.0", "Jun 12 1998", "1998-06-12"; None for anything else."""
    if re.fullmatch(r"\d{4}(\.0)?", text):
        return int(text[:4])
    for shape in DATES:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC).year
        except ValueError:
            continue
    return None


def parse_runtime(text: str) -> int | None:
    """A running time in minutes; None for anything else."""
    minutes = re.fullmatch(r"(\d{1,4})(?:\.0+)?(?:\s*min(?:utes)?\.?)?", text)
    return int(minutes[1]) if minutes and 0 < int(minutes[1]) <= 6000 else None


def parse_imdb_id(text: str) -> str:
    """An IMDb number such as "tt0017136", from "tt17136" or "17136"; "" for anything else."""
    number = re.fullmatch(r"(?:tt)?(\d{5,9})", text)
    return f"tt{number[1].zfill(7)}" if number else ""


def split_names(text: str) -> tuple[str, ...]:
    """The names in a cell, each once; "Downey, Jr." and "X, III" are not split at the comma."""
    parts = re.split(r"\s*[|;]\s*|\s*,\s*(?!(?:Jr|Sr|I{1,3}|IV)\b)", text)
    return tuple(dict.fromkeys(part for part in parts if part and part != "(no genres listed)"))
