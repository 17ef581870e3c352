"""What trivia puts beside a film or a person, wherever these are shown."""

SHOWN = 12


def facts_about(subject):
    """The published facts on a film or a person, as context for a template; one query."""
    return {"facts": subject.facts.published().newest_first().select_related("checked_by")[:SHOWN]}


def facts_beside(piece):
    """The same beside a piece on a film; nothing beside any other."""
    return facts_about(piece.film) if piece.film_id else {}
