"""What readers ask for, beside a film or a person."""

MAX_REQUESTS = 5


def most_wanted_about(subject):
    """What readers still want on this film or person, the most wanted first; one query."""
    return list(subject.requests.shown().open().most_wanted().for_rows()[:MAX_REQUESTS])
