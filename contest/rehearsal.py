"""A rehearsal of the draw for staff, with random numbers; nothing is stored."""

import secrets

from contest import verify
from contest.eligibility import weighted_tickets
from contest.freezing import NotAllowedNow
from contest.models import Contest

REHEARSAL_MANIFEST = "A rehearsal: these are no winners"  # in place of the manifest of a real draw


def rehearse(contest: Contest) -> list[tuple[str, str, int]]:
    """
    A possible draw of the tickets as they are now: (place, ticket, weight) for each prize.

    The numbers are random each time, and no real manifest has this text, so a rehearsal cannot foretell the
    draw. Raises `NotAllowedNow` once the list is frozen.
    """
    if hasattr(contest, "freeze"):
        raise NotAllowedNow("The list is frozen. From here on there is only the draw itself.")
    entries = [(ticket, weight) for _, ticket, weight in weighted_tickets(contest)]
    _, ranking = verify.ranked(REHEARSAL_MANIFEST, secrets.token_hex(32), entries)
    return list(verify.placed(ranking, len(contest.prizes_in_order)))[: len(contest.prizes_in_order)]
