"""The films and the people on file, by letter, and the films by decade and genre too."""

from typing import TYPE_CHECKING

from django.http import QueryDict

from films.models import Film, Genre, Person
from films.models.films import FilmQuerySet
from films.models.people import PersonQuerySet
from magazine.facets import apply_facets, build_facets

if TYPE_CHECKING:
    from magazine.facets import Facet

FILM_FILTERS = {
    "letter": FilmQuerySet.with_initial_letter,
    "decade": FilmQuerySet.of_decade,
    "genre": FilmQuerySet.in_genre,
}
PERSON_FILTERS = {"letter": PersonQuerySet.with_initial_letter}


def filter_films(params: QueryDict) -> "tuple[FilmQuerySet, list[Facet]]":
    """(films, filters) for what `params` (a query's parameters) chooses; three queries for the filters."""
    queryset = Film.objects.all()
    chosen = build_facets(
        [
            ("letter", "Letter", _letter_choices(queryset)),
            ("decade", "Decade", [(f"{decade}s", decade) for decade in queryset.decades()]),
            ("genre", "Genre", Genre.objects.values_list("name", "slug")),
        ],
        params,
    )
    return apply_facets(queryset, chosen, FILM_FILTERS).alphabetical().for_cards(), chosen


def filter_people(params: QueryDict) -> "tuple[PersonQuerySet, list[Facet]]":
    """The same for people; one query for the filter."""
    queryset = Person.objects.all()
    chosen = build_facets([("letter", "Letter", _letter_choices(queryset))], params)
    return apply_facets(queryset, chosen, PERSON_FILTERS).alphabetical(), chosen


def _letter_choices(every: FilmQuerySet | PersonQuerySet) -> list[tuple[str, str]]:
    return [(letter.upper(), letter) for letter in every.initial_letters()]
