"""The films and the people on file, by letter, and the films by decade and genre too."""

from films.models import Film, Genre, Person
from films.models.films import FilmQuerySet
from films.models.people import PersonQuerySet
from magazine.facets import facets, narrowed

FILMS = {
    "letter": FilmQuerySet.beginning_with,
    "decade": FilmQuerySet.of_decade,
    "genre": FilmQuerySet.in_genre,
}
PEOPLE = {"letter": PersonQuerySet.beginning_with}


def films(wanted):
    """(films, filters) for what `wanted` (a query's parameters) chooses; three queries for the filters."""
    every = Film.objects.all()
    chosen = facets(
        [
            ("letter", "Letter", _letters(every)),
            ("decade", "Decade", [(f"{decade}s", decade) for decade in every.decades()]),
            ("genre", "Genre", Genre.objects.values_list("name", "slug")),
        ],
        wanted,
    )
    return narrowed(every, chosen, FILMS).alphabetical().for_cards(), chosen


def people(wanted):
    """The same for people; one query for the filter."""
    every = Person.objects.all()
    chosen = facets([("letter", "Letter", _letters(every))], wanted)
    return narrowed(every, chosen, PEOPLE).alphabetical(), chosen


def _letters(every):
    return [(letter.upper(), letter) for letter in every.letters()]
