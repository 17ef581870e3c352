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


def facets(kinds, wanted, kept=()):
    """
    Filters from `kinds`, (name, title, [(label, value), …]) each, with what `wanted` chooses.

    `wanted` is a query's parameters; those named in `kept` stay in every link.
    """
    names = [name for name, _, _ in kinds]
    held = {name: wanted[name] for name in (*kept, *names) if wanted.get(name)}
    return [Facet(name, title, list(_choices(name, choices, held))) for name, title, choices in kinds]


def _choices(name, choices, held):
    """Links that keep the other filters; choosing what is chosen takes it off."""
    others = urlencode({other: value for other, value in held.items() if other != name})
    for label, value in choices:
        chosen = held.get(name) == str(value)
        # Values are numbers and slugs, which an address takes as they are.
        query = "&".join(filter(None, [others, "" if chosen else f"{name}={value}"]))
        yield Choice(str(label), str(value), f"?{query}" if query else ".", chosen)


def narrowed(rows, facets, narrowing):
    """`rows` with the chosen filters applied; `narrowing` names the queryset word of each filter."""
    for facet in facets:
        if facet.chosen:
            rows = narrowing[facet.name](rows, facet.chosen.value)
    return rows


def star_choices():
    """Every rating as a choice, best first."""
    return [(_stars(halves), halves) for halves in reversed(HALF_STARS)]


def _stars(halves):
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} star{'s' if halves > 2 else ''}"
