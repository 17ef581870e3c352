"""
How staff ballots become one list.

Every ballot gives its first film ten points, its second nine, and so on down to one. Points are
added up. Of equal films the one on more ballots comes first, then the one with the better best
place; films that are still equal share a place.
"""

from collections import defaultdict
from typing import NamedTuple

MAX_POINTS = 10
METHOD = (
    "Every ballot gives ten points to its first film, nine to its second, and so on. The points are added "
    "up. Of films with equal points the one on more ballots comes first, then the one with the better best "
    "place; films that are still equal share a place."
)


class RankedFilm(NamedTuple):
    """One film of the joint list. `film` is whatever the ballots name films by."""

    rank: int
    film: int
    points: int
    ballots: int


def count_ballots(ballots):
    """The joint list, best first; each ballot is a list of at most ten films, best first."""
    indexes = defaultdict(list)
    for ballot in ballots:
        for index, film in enumerate(ballot[:MAX_POINTS]):
            indexes[film].append(index)
    scores = {
        film: (sum(MAX_POINTS - index for index in found), len(found), -min(found))
        for film, found in indexes.items()
    }
    ordered = sorted(scores, key=lambda film: (*(-score for score in scores[film]), film))
    ranking = []
    for index, film in enumerate(ordered):
        is_tied = index and scores[film] == scores[ordered[index - 1]]
        rank = ranking[-1].rank if is_tied else index + 1
        ranking.append(RankedFilm(rank, film, scores[film][0], scores[film][1]))
    return ranking
