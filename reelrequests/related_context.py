"""The requests shown on the page of a film or a person."""

from films.models import Film, Person
from reelrequests.models import ReelRequest

MAX_REQUESTS = 5


def most_wanted_about(subject: Film | Person) -> list[ReelRequest]:
    """The open requests for this film or person, the most wanted first; one query."""
    return list(subject.requests.shown().open().most_wanted().for_rows()[:MAX_REQUESTS])
