"""Correction of years whose century was guessed wrongly from a two-digit date."""

from collections import Counter
from dataclasses import replace
from datetime import date
from statistics import median

from films.catalogue.records import Problem, Record
from films.catalogue.values import FIRST_YEAR


def correct_centuries(items: list[Record | Problem], today: date) -> list[Record | Problem]:
    """
    Subtract a century from years that were guessed wrongly from two-digit dates.

    Films later than the year after next prove that the file's centuries were guessed. The guess is
    then taken to be wrong for every year after the gap that follows the bulk of the years.
    """
    guessed = [
        item.year for item in items if isinstance(item, Record) and item.year and not item.year_in_title
    ]
    if not guessed or max(guessed) <= today.year + 2:
        return items
    years, last = Counter(guessed), int(median(guessed))
    while years[last + 1] or (last + 1 < max(guessed) and _is_inside_bulk(years, last)):
        last += 1
    return [_century_corrected(item, last) for item in items]


def _century_corrected(item: Record | Problem, last: int) -> Record | Problem:
    """`item` a century earlier if its year was guessed and lies after `last`, else unchanged."""
    if isinstance(item, Problem) or not item.year or item.year_in_title:
        return item
    earlier = item.year - 100
    return replace(item, year=earlier) if item.year > last and earlier >= FIRST_YEAR else item


def _is_inside_bulk(years: Counter[int], year: int) -> bool:
    """Whether the year after `year`, which has no films, lies inside the bulk: five or more follow it."""
    return years[year + 2] >= 5
