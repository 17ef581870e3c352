"""The filters of the review list."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import QueryDict

from magazine.facets import Facet, build_facets, star_choices
from reviews.models import ReviewQuerySet

FILTERS: dict[str, Callable[[Any, Any], Any]] = {
    "rating": ReviewQuerySet.rated,
    "year": ReviewQuerySet.with_film_year,
    "genre": ReviewQuerySet.in_genre,
    "critic": ReviewQuerySet.by_critic,
}


def review_facets(reviews: ReviewQuerySet, params: QueryDict) -> list[Facet]:
    """The filters for `reviews`, with the choices made in the query parameters `params`; two queries."""
    years_and_genres = list(reviews.film_years_and_genres())
    years = sorted({year for year, _, _ in years_and_genres if year}, reverse=True)
    genres = sorted({(name, slug) for _, name, slug in years_and_genres if slug})
    kinds: list[tuple[str, str, Iterable[tuple[object, object]]]] = [
        ("rating", "Rating", star_choices()),
        ("year", "Year of the film", [(year, year) for year in years]),
        ("genre", "Genre", genres),
        ("critic", "Critic", reviews.critics()),
    ]
    return build_facets(kinds, params)
