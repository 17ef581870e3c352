"""What the magazine has on a film or a person, by the kind of piece."""

HEADINGS = {
    "reviews": "Reviews",
    "dvdelighted": "Discs",
    "interviews": "Interviews",
    "picks": "Picked",
    "gallery": "Albums",
    "about": "On the show",
    "blog": "Blog",
    "press": "Press",
}


def by_room(pieces):
    """(heading, pieces) of each section that has any, in the order of `HEADINGS`."""
    rooms = {section: [] for section in HEADINGS}
    for piece in pieces:
        rooms[piece.section].append(piece)
    return [(HEADINGS[section], found) for section, found in rooms.items() if found]
