"""What readers ask for, beside a film or a person."""

SHOWN = 5


def wanted_of(subject):
    """What readers still want on this film or person, the most wanted first; one query."""
    return list(subject.requests.shown().open().most_wanted().for_rows()[:SHOWN])
