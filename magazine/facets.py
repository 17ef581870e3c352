"""Filters over a list, as plain links: what a reader may choose, and what is chosen."""

from typing import NamedTuple
from urllib.parse import urlencode

from magazine.ratings import HALF_STARS


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


def build_facets(kinds, query, keep=()):
    """
    Filters from `kinds`, (name, title, [(label, value), …]) each, with what `query` chooses.

    `query` is a request's parameters; those named in `keep` stay in every link.
    """
    names = [name for name, _, _ in kinds]
    chosen = {name: query[name] for name in (*keep, *names) if query.get(name)}
    return [Facet(name, title, list(_choices(name, choices, chosen))) for name, title, choices in kinds]


def _choices(name, choices, chosen_values):
    """Links that keep the other filters; choosing what is chosen takes it off."""
    other_filters = urlencode({other: value for other, value in chosen_values.items() if other != name})
    for label, value in choices:
        chosen = chosen_values.get(name) == str(value)
        # Values are numbers and slugs, which an address takes as they are.
        link_query = "&".join(filter(None, [other_filters, "" if chosen else f"{name}={value}"]))
        yield Choice(str(label), str(value), f"?{link_query}" if link_query else ".", chosen)


def apply_facets(queryset, facets, filters):
    """`queryset` with the chosen facets applied; `filters` names the queryset method of each facet."""
    for facet in facets:
        if facet.chosen:
            queryset = filters[facet.name](queryset, facet.chosen.value)
    return queryset


def star_choices():
    """Every rating as a choice, best first."""
    return [(_stars(halves), halves) for halves in reversed(HALF_STARS)]


def _stars(halves):
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} star{'s' if halves > 2 else ''}"
