"""One row of a catalogue as a clean record of a film, or as the problem that prevents it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from films.catalogue.columns import cell
from films.catalogue.values import (
    FIRST_YEAR,
    LAST_YEAR,
    parse_imdb_id,
    parse_runtime,
    parse_year,
    split_names,
    split_title,
)
from films.mojibake import repair
from films.titles import article_first

FILM_KINDS = {"movie", "tvMovie", "short", "tvShort", "video"}


@dataclass(frozen=True)
class Problem:
    """A row that cannot become a film, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Record:
    """One film as the catalogue describes it. `row` counts from 1, without the line of headings."""

    row: int
    title: str
    original_title: str = ""
    year: int | None = None
    runtime: int | None = None
    directors: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    certificate: str = ""
    imdb_id: str = ""
    aliases: tuple[str, ...] = ()
    year_in_title: bool = False


def parse_row(row_number: int, row: Mapping[str, Any]) -> Record | Problem:
    """The record of one row, or the reason why it cannot become a film."""
    problem = _title_problem(row)
    if problem:
        return Problem(row_number, problem)
    title, year, aliases = split_title(cell(row, "title"))
    year_in_title, year = bool(year), year or parse_year(cell(row, "year"))
    problem = _value_problem(row, year)
    if problem:
        return Problem(row_number, f"“{title}”: {problem}")
    original = repair(article_first(cell(row, "original_title")))
    return Record(
        row=row_number,
        title=title,
        original_title="" if original == title else original,
        year=year,
        runtime=parse_runtime(cell(row, "runtime")),
        directors=split_names(cell(row, "directors")),
        genres=split_names(cell(row, "genres")),
        certificate=cell(row, "certificate"),
        imdb_id=parse_imdb_id(cell(row, "imdb_id")),
        aliases=aliases,
        year_in_title=year_in_title,
    )


def _title_problem(row: Mapping[str, Any]) -> str | None:
    title, kind = cell(row, "title"), cell(row, "kind")
    if not title:
        return "There is no title."
    if kind and kind not in FILM_KINDS:
        return f"“{title}” is not a film ({kind})."
    return "The title is longer than 250 characters." if len(title) > 250 else None


def _value_problem(row: Mapping[str, Any], year: int | None) -> str | None:
    """What is wrong with the year, running time or IMDb number, as the end of a sentence; else None."""
    if year is None and cell(row, "year"):
        return f"{cell(row, 'year')} is no year or date."
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return f"films were not made in {year}."
    runtime, imdb_id = cell(row, "runtime"), cell(row, "imdb_id")
    if runtime and not parse_runtime(runtime):
        return f"{runtime} is no running time in minutes."
    if imdb_id and not parse_imdb_id(imdb_id):
        return f"{imdb_id} is no IMDb number."
    return None
