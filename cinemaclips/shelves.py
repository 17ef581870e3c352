"""The films and the people on file, by letter, and the films by decade and genre too."""

from films.models import Film, Genre, Person
from films.models.films import FilmQuerySet
from films.models.people import PersonQuerySet
from magazine.facets import apply_facets, build_facets

FILMS = {
    "letter": FilmQuerySet.with_initial_letter,
    "decade": FilmQuerySet.of_decade,
    "genre": FilmQuerySet.in_genre,
}
PEOPLE = {"letter": PersonQuerySet.with_initial_letter}


def films(wanted):
    """(films, filters) for what `wanted` (a query's parameters) chooses; three queries for the filters."""
    every = Film.objects.all()
    chosen = build_facets(
        [
            ("letter", "Letter", _letters(every)),
            ("decade", "Decade", [(f"{decade}s", decade) for decade in every.decades()]),
            ("genre", "Genre", Genre.objects.values_list("name", "slug")),
        ],
        wanted,
    )
    return apply_facets(every, chosen, FILMS).alphabetical().for_cards(), chosen


def people(wanted):
    """The same for people; one query for the filter."""
    every = Person.objects.all()
    chosen = build_facets([("letter", "Letter", _letters(every))], wanted)
    return apply_facets(every, chosen, PEOPLE).alphabetical(), chosen


def _letters(every):
    return [(letter.upper(), letter) for letter in every.initial_letters()]
