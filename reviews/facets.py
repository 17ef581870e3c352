"""The filters of the review list: what a reader may choose, as links."""

from typing import NamedTuple
from urllib.parse import urlencode

from reviews.models import ReviewQuerySet


class Choice(NamedTuple):
    """One link of a filter: what it says, where it leads, and whether it is chosen."""

    label: str
    value: str
    href: str
    chosen: bool


class Facet(NamedTuple):
    """One filter: the name it has in the address, its heading, its choices."""

    name: str
    title: str
    choices: list

    @property
    def chosen(self):
        return next((choice for choice in self.choices if choice.chosen), None)


NARROWING = {
    "rating": ReviewQuerySet.rated,
    "year": ReviewQuerySet.on_films_of,
    "genre": ReviewQuerySet.in_genre,
    "critic": ReviewQuerySet.by_critic,
}


def facets_of(reviews, wanted):
    """The filters over `reviews`, with what `wanted` (a query's parameters) chooses; two queries."""
    stars = [(_stars(halves), halves) for halves in range(10, 0, -1)]
    marks = list(reviews.shelf_marks())
    years = sorted({year for year, _, _ in marks if year}, reverse=True)
    genres = sorted({(name, slug) for _, name, slug in marks if slug})
    kinds = [
        ("rating", "Rating", stars),
        ("year", "Year of the film", [(year, year) for year in years]),
        ("genre", "Genre", genres),
        ("critic", "Critic", reviews.critics()),
    ]
    held = {name: wanted[name] for name, _, _ in kinds if wanted.get(name)}
    return [Facet(name, title, list(_choices(name, choices, held))) for name, title, choices in kinds]


def _choices(name, choices, held):
    """Links that keep the other filters; choosing what is chosen takes it off."""
    others = urlencode({other: value for other, value in held.items() if other != name})
    for label, value in choices:
        chosen = held.get(name) == str(value)
        # Values are numbers and slugs, which an address takes as they are.
        query = "&".join(filter(None, [others, "" if chosen else f"{name}={value}"]))
        yield Choice(str(label), str(value), f"?{query}" if query else ".", chosen)


def narrowed(reviews, facets):
    """`reviews` with the chosen filters applied."""
    for facet in facets:
        if facet.chosen:
            reviews = NARROWING[facet.name](reviews, facet.chosen.value)
    return reviews


def _stars(halves):
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} star{'s' if halves > 2 else ''}"
