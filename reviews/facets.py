"""The filters of the review list."""

from magazine.facets import build_facets, star_choices
from reviews.models import ReviewQuerySet

NARROWING = {
    "rating": ReviewQuerySet.rated,
    "year": ReviewQuerySet.with_film_year,
    "genre": ReviewQuerySet.in_genre,
    "critic": ReviewQuerySet.by_critic,
}


def review_facets(reviews, wanted):
    """The filters over `reviews`, with what `wanted` (a query's parameters) chooses; two queries."""
    marks = list(reviews.shelf_marks())
    years = sorted({year for year, _, _ in marks if year}, reverse=True)
    genres = sorted({(name, slug) for _, name, slug in marks if slug})
    kinds = [
        ("rating", "Rating", star_choices()),
        ("year", "Year of the film", [(year, year) for year in years]),
        ("genre", "Genre", genres),
        ("critic", "Critic", reviews.critics()),
    ]
    return build_facets(kinds, wanted)
