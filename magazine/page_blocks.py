"""Blocks: the parts of a shared page that sections fill without the page's knowing them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from magazine.models import Article
    from magazine.sections import Section

FRONT, FILM, PERSON, CONTRIBUTOR_PAGE, RATED_PIECE = "front", "film", "person", "contributor", "rated piece"
# The areas for blocks that each page's template has.
AREAS = {
    FRONT: (
        *("beside the lead", "after the lead", "columns", "strips"),
        *("first third", "middle third", "last third", "end"),
    ),
    FILM: ("main", "aside", "end of aside"),
    PERSON: ("main", "aside"),
    CONTRIBUTOR_PAGE: ("main", "aside"),
    RATED_PIECE: ("text", "aside"),
}


class Block(NamedTuple):
    """
    A part of a shared page.

    `template` is included in `area` of the page, lower positions first, if `is_shown` of the page's
    context is true. Both know `pieces`: on the front page the section's newest that no other block has.
    """

    template: str
    area: str
    position: int = 100
    is_shown: Callable[[Mapping[str, Any]], Any] = lambda page: page["pieces"]


class PlacedBlock(NamedTuple):
    """A block that is shown, as templates see it."""

    template: str
    section: "Section"
    pieces: "list[Article]"


def place_blocks(
    page: str,
    sections: "list[Section]",
    context: Mapping[str, Any],
    pieces_by_section: "Mapping[str, list[Article]] | None" = None,
) -> dict[str, list[PlacedBlock]]:
    """
    The blocks that `sections` show on `page`, by the name of their area with underscores.

    `context` is what the page's template gets; `pieces_by_section` are lists of pieces by app label.
    """
    placed: list[tuple[Block, PlacedBlock]] = []
    for section in sections:
        pieces = (pieces_by_section or {}).get(section.app_label, [])
        shown = [each for each in section.blocks_on(page) if each.is_shown({**context, "pieces": pieces})]
        placed += [(each, PlacedBlock(each.template, section, pieces)) for each in shown]
    placed.sort(key=lambda pair: pair[0].position)
    by_area: dict[str, list[PlacedBlock]] = {}
    for block, in_place in placed:
        by_area.setdefault(block.area.replace(" ", "_"), []).append(in_place)
    return by_area
