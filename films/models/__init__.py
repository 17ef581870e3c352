"""Films, people, credits and releases."""

from films.models.films import Film, FilmAlias, Genre
from films.models.people import Credit, Person
from films.models.releases import Release, check_barcode

__all__ = ["Credit", "Film", "FilmAlias", "Genre", "Person", "Release", "check_barcode"]
