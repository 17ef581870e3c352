"""Groups the pieces on a film, person, tag or contributor by section, for the pages that list them."""

from collections.abc import Iterable

from magazine.models import Article
from magazine.sections import find_section, piece_sections


def section_heading(app_label: str) -> str:
    """The heading over the pieces of the section with this app label."""
    section = find_section(app_label)
    return section.heading if section else app_label.capitalize()


def in_heading_order(app_labels: Iterable[str]) -> list[str]:
    """App labels in the order in which their headings are printed; those without a declaration come last."""
    order = {section.app_label: section.heading_position for section in piece_sections()}
    return sorted(app_labels, key=lambda name: (name not in order, order.get(name, 0), name))


def group_by_section(pieces: Iterable[Article]) -> list[tuple[str, list[Article]]]:
    """(heading, pieces) for each section that has some of `pieces`, in the order of the headings."""
    by_section: dict[str, list[Article]] = {}
    for piece in pieces:
        by_section.setdefault(piece.section, []).append(piece)
    return [(section_heading(section), by_section[section]) for section in in_heading_order(by_section)]
