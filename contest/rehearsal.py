"""A rehearsal of the draw for those who will run it: made-up numbers, nothing kept, and none once frozen."""

import secrets
from typing import TYPE_CHECKING

from contest import verify
from contest.freezing import NotAllowedNow, weighted_tickets

if TYPE_CHECKING:
    from contest.models import Contest

REHEARSAL_MANIFEST = "A rehearsal: these are no winners"  # stands where the manifest of a real draw stands


def rehearse(contest: "Contest") -> list[tuple[str, str, int]]:
    """
    What a draw of the list as it is now could look like: [(place, ticket, chances)], the prizes' places.

    The numbers are made up anew each time, and no manifest of a draw reads like this one: a rehearsal can
    tell nobody how the draw will come out. Raises `NotAllowedNow` once the list is frozen.
    """
    if hasattr(contest, "freeze"):
        raise NotAllowedNow("The list is frozen. From here on there is only the draw itself.")
    entries = [(ticket, weight) for _, ticket, weight in weighted_tickets(contest)]
    _, ranking = verify.ranked(REHEARSAL_MANIFEST, secrets.token_hex(32), entries)
    return list(verify.placed(ranking, len(contest.prizes_in_order)))[: len(contest.prizes_in_order)]
