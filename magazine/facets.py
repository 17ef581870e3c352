"""Facets: filters over a list, as plain links with the choices and what is chosen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from magazine.ratings import HALF_STARS

# Name in the query string, heading, and (label, value) of each choice.
type FacetKind = tuple[str, str, Iterable[tuple[object, object]]]


class Choice(NamedTuple):
    """One link of a facet: its label, value and URL, and whether it is chosen."""

    label: str
    value: str
    href: str
    chosen: bool


class Facet(NamedTuple):
    """One facet: its name in the query string, its heading and its choices."""

    name: str
    title: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


def build_facets(
    kinds: Iterable[FacetKind], query: Mapping[str, str], keep: Iterable[str] = ()
) -> list[Facet]:
    """
    The facets of `kinds`, with the choices that are in `query`, the parameters of a request.

    Each link keeps the choices of the other facets, and the parameters that `keep` names.
    """
    kinds = list(kinds)
    names = [name for name, _, _ in kinds]
    chosen = {name: query[name] for name in (*keep, *names) if query.get(name)}
    return [Facet(name, title, list(_choices(name, choices, chosen))) for name, title, choices in kinds]


def _choices(
    name: str, choices: Iterable[tuple[object, object]], chosen_values: Mapping[str, str]
) -> Iterator[Choice]:
    """The links of one facet; the link of the chosen value removes it again."""
    other_filters = urlencode({other: value for other, value in chosen_values.items() if other != name})
    for label, value in choices:
        chosen = chosen_values.get(name) == str(value)
        # Values are numbers and slugs, which need no quoting in a URL.
        link_query = "&".join(filter(None, [other_filters, "" if chosen else f"{name}={value}"]))
        yield Choice(str(label), str(value), f"?{link_query}" if link_query else ".", chosen)


def apply_facets(queryset: Any, facets: Iterable[Facet], filters: Mapping[str, Any]) -> Any:
    """`queryset` with the chosen facets applied; `filters` names the queryset method of each facet."""
    for facet in facets:
        if facet.chosen:
            queryset = filters[facet.name](queryset, facet.chosen.value)
    return queryset


def star_choices() -> list[tuple[str, int]]:
    """Every rating as a choice, best first."""
    return [(_stars(halves), halves) for halves in reversed(HALF_STARS)]


def _stars(halves: int) -> str:
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} star{'s' if halves > 2 else ''}"
