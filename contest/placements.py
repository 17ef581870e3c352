"""
The current order of a drawn contest, computed from the ranks, the disqualifications and the prizes.

A placement is the n-th eligible entry together with the n-th prize. None of this is stored, except the prize
of an award that was sent.
"""

from typing import NamedTuple

from contest.models import Award, Contest, Entry, Prize


class Placement(NamedTuple):
    """A place in the current order, from 1, with the entry that has it and its prize."""

    place: int
    entry: Entry
    prize: Prize


def placements(contest: Contest) -> list[Placement]:
    """The current order: the first eligible entries by rank, one for each prize."""
    eligible = contest.entries.in_ranking_order().filter(disqualification__isnull=True)
    entries = eligible.select_related("award__sent_prize", "region")[: len(contest.prizes_in_order)]
    return [
        Placement(place, entry, prize)
        for place, (entry, prize) in enumerate(zip(entries, contest.prizes_in_order, strict=False), 1)
    ]


def placement_of(award: Award) -> Placement | None:
    """
    The current placement of an award's entry.

    None if its ticket is disqualified, or if no prize is left for it because others come before it.
    """
    return find_placement(placements(award.contest), award)


def settled_placements(contest: Contest) -> list[Placement]:
    """
    The placements whose prize can no longer change, since they and all before them are claimed.

    Only their prizes may be sent. Any other entry moves up when one before it is disqualified.
    """
    settled = []
    for placement in placements(contest):
        award = award_of(placement)
        if award is None or award.claimed_at is None:
            break
        settled.append(placement)
    return settled


def award_of(placement: Placement) -> Award | None:
    """The award that was offered to the entry of a placement, if one was."""
    return getattr(placement.entry, "award", None)


def find_placement(among: list[Placement], award: Award) -> Placement | None:
    """The placement of an award's entry in a list of placements; None if it is not in the list."""
    return next((placement for placement in among if placement.entry.pk == award.entry_id), None)
