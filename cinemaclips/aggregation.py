"""What the magazine has on a film or a person, by the kind of piece."""

from collections.abc import Iterable

from magazine.models import Article
from magazine.sections import find_section, piece_sections


def section_heading(app_label: str) -> str:
    """The heading of a section's pieces."""
    section = find_section(app_label)
    return section.heading if section else app_label.capitalize()


def in_heading_order(app_labels: Iterable[str]) -> list[str]:
    """Sections in the order of their headings, those without a declaration at the end."""
    order = {section.app_label: section.heading_position for section in piece_sections()}
    return sorted(app_labels, key=lambda name: (name not in order, order.get(name, 0), name))


def group_by_section(pieces: Iterable[Article]) -> list[tuple[str, list[Article]]]:
    """(heading, pieces) of each section that has any, in order."""
    by_section: dict[str, list[Article]] = {}
    for piece in pieces:
        by_section.setdefault(piece.section, []).append(piece)
    return [(section_heading(section), by_section[section]) for section in in_heading_order(by_section)]
