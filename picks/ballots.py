"""
How staff ballots become one list.

Every ballot gives its first film ten points, its second nine, and so on down to one. Points are
added up. Of equal films the one on more ballots comes first, then the one with the better best
place; films that are still equal share a place.
"""

from collections import defaultdict
from typing import NamedTuple

POINTS = 10
METHOD = (
    "Every ballot gives ten points to its first film, nine to its second, and so on. The points are added "
    "up. Of films with equal points the one on more ballots comes first, then the one with the better best "
    "place; films that are still equal share a place."
)


class Counted(NamedTuple):
    """One film of the joint list. `film` is whatever the ballots name films by."""

    place: int
    film: int
    points: int
    ballots: int


def count_ballots(ballots):
    """The joint list, best first; each ballot is a list of at most ten films, best first."""
    ranks = defaultdict(list)
    for ballot in ballots:
        for rank, film in enumerate(ballot[:POINTS]):
            ranks[film].append(rank)
    tally = {
        film: (sum(POINTS - rank for rank in each), len(each), -min(each)) for film, each in ranks.items()
    }
    ordered = sorted(tally, key=lambda film: (*(-part for part in tally[film]), film))
    counted = []
    for at, film in enumerate(ordered):
        shared = at and tally[film] == tally[ordered[at - 1]]
        place = counted[-1].place if shared else at + 1
        counted.append(Counted(place, film, tally[film][0], tally[film][1]))
    return counted
