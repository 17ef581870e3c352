"""What the magazine has on a film or a person, by the kind of piece."""

SECTION_HEADINGS = {
    "reviews": "Reviews",
    "dvdelighted": "Discs",
    "interviews": "Interviews",
    "trivia": "Quizzes",
    "contest": "Contests",
    "picks": "Picked",
    "gallery": "Albums",
    "about": "On the show",
    "blog": "Blog",
    "press": "Press",
}


def section_heading(section):
    return SECTION_HEADINGS.get(section, section.capitalize())


def in_heading_order(sections):
    """`sections` in the order of `SECTION_HEADINGS`, those it does not know at the end."""
    order = list(SECTION_HEADINGS)
    return sorted(
        sections, key=lambda name: (order.index(name) if name in SECTION_HEADINGS else len(order), name)
    )


def group_by_section(pieces):
    """(heading, pieces) of each section that has any, in order."""
    by_section = {}
    for piece in pieces:
        by_section.setdefault(piece.section, []).append(piece)
    return [(section_heading(section), by_section[section]) for section in in_heading_order(by_section)]
