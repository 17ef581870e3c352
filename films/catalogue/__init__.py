"""
Reads film catalogues: CSV, JSON, IMDb's title.basics, MovieLens.

Every row becomes a `Record` with a cleaned title (its article in front, its accents repaired) and a year
in the right century, or a `Problem` that says why the row cannot become a film.
"""

from datetime import date

from films.catalogue.centuries import correct_centuries
from films.catalogue.files import Unreadable, decoded, read_rows
from films.catalogue.records import Problem, Record, parse_row

__all__ = ["Problem", "Record", "Unreadable", "read_catalogue"]


def read_catalogue(data: bytes, today: date) -> list[Record | Problem]:
    """
    The records and problems of a catalogue file, in its order.

    Raises `Unreadable` if the file as a whole is no catalogue.
    """
    rows = read_rows(decoded(data))
    if not rows:
        raise Unreadable("There is nothing in this file.")
    items = [parse_row(row_number, row) for row_number, row in enumerate(rows, 1)]
    return correct_centuries(items, today)
