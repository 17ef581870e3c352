"""The filters of the review list: what a reader may choose, as links."""

from typing import NamedTuple

from reviews.models import ReviewQuerySet


class Choice(NamedTuple):
    """One link of a filter: what it says, what it means, and whether it is chosen."""

    name: str
    label: str
    value: str
    chosen: bool

    @property
    def query(self):
        """What following the link changes in the address; choosing the chosen takes it off."""
        return {self.name: None if self.chosen else self.value, "page": None}


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
    """The filters over `reviews`, with what `wanted` (a query's parameters) chooses; three queries."""
    stars = [(_stars(halves), halves) for halves in range(10, 0, -1)]
    kinds = [
        ("rating", "Rating", stars),
        ("year", "Year of the film", [(year, year) for year in reviews.years()]),
        ("genre", "Genre", [(genre.name, genre.slug) for genre in reviews.genres()]),
        ("critic", "Critic", [(critic.name, critic.slug) for critic in reviews.critics()]),
    ]
    return [
        Facet(
            name,
            title,
            [
                Choice(name, str(label), str(value), str(value) == wanted.get(name))
                for label, value in choices
            ],
        )
        for name, title, choices in kinds
    ]


def narrowed(reviews, facets):
    """`reviews` with the chosen filters applied."""
    for facet in facets:
        if facet.chosen:
            reviews = NARROWING[facet.name](reviews, facet.chosen.value)
    return reviews


def _stars(halves):
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} star{'s' if halves > 2 else ''}"
