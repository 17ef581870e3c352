"""The winners of a contest, as readers see them."""

from typing import NamedTuple

from contest.models import Award, Contest, Entry, Prize
from contest.placements import award_of, placements


class WinnerRow(NamedTuple):
    """A row of the winners' list; without the winner's consent, `name` gives only the region."""

    place: int
    prize: Prize
    name: str
    award: Award


def winners_list(contest: Contest) -> list[WinnerRow]:
    """The winners' list: placements whose prize is claimed, in order."""
    found = [(placement, award_of(placement)) for placement in placements(contest)]
    return [
        WinnerRow(
            placement.place, placement.prize, award.listed_as or _anonymous_name(placement.entry), award
        )
        for placement, award in found
        if award and award.claimed_at
    ]


def listed_name(full_name: str, town: str) -> str:
    """First name, initial and town, as in "Ana M., Tempe"."""
    first, *others = full_name.split()
    initial = f" {others[-1][0].upper()}." if others else ""
    return f"{first}{initial}, {town}"


def _anonymous_name(entry: Entry) -> str:
    return f"A reader in {entry.region.name}" if entry.region else "A reader"
