"""Filters of the lists of all films (by letter, decade and genre) and of all people (by letter)."""

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
    """(films, facets) for the parameters of a query string; three queries for the facets."""
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
    """(people, facets) for the parameters of a query string; one query for the facet."""
    queryset = Person.objects.all()
    chosen = build_facets([("letter", "Letter", _letter_choices(queryset))], params)
    return apply_facets(queryset, chosen, PERSON_FILTERS).alphabetical(), chosen


def _letter_choices(every: FilmQuerySet | PersonQuerySet) -> list[tuple[str, str]]:
    return [(letter.upper(), letter) for letter in every.initial_letters()]
