"""What the magazine has on a film or a person, by the kind of piece."""

HEADINGS = {
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


def heading(section):
    return HEADINGS.get(section, section.capitalize())


def in_order(sections):
    """`sections` in the order of `HEADINGS`, those it does not know at the end."""
    known = list(HEADINGS)
    return sorted(sections, key=lambda each: (known.index(each) if each in HEADINGS else len(known), each))


def by_room(pieces):
    """(heading, pieces) of each section that has any, in order."""
    rooms = {}
    for piece in pieces:
        rooms.setdefault(piece.section, []).append(piece)
    return [(heading(section), rooms[section]) for section in in_order(rooms)]
