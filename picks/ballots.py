"""
Counts staff ballots into one ranked list.

Each ballot gives ten points to its first film, nine to the second, and so on down to one. The points of a
film are added up. Of films with equal points, the one on more ballots comes first, then the one with the
better best place; films that are still equal share a place. `METHOD` says the same to readers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MAX_POINTS = 10
METHOD = (
    "Every ballot gives ten points to its first film, nine to its second, and so on. The points are added "
    "up. Of films with equal points the one on more ballots comes first, then the one with the better best "
    "place; films that are still equal share a place."
)


class RankedFilm(NamedTuple):
    """One film of the joint list; `film` is its primary key."""

    rank: int
    film: int
    points: int
    ballots: int


def count_ballots(ballots: Iterable[Sequence[int]]) -> list[RankedFilm]:
    """The joint list, best first. Each ballot lists the primary keys of at most ten films, best first."""
    indexes: defaultdict[int, list[int]] = defaultdict(list)
    for ballot in ballots:
        for index, film in enumerate(ballot[:MAX_POINTS]):
            indexes[film].append(index)
    scores = {
        film: (sum(MAX_POINTS - index for index in found), len(found), -min(found))
        for film, found in indexes.items()
    }
    ordered = sorted(scores, key=lambda film: (*(-score for score in scores[film]), film))
    ranking: list[RankedFilm] = []
    for index, film in enumerate(ordered):
        is_tied = index and scores[film] == scores[ordered[index - 1]]
        rank = ranking[-1].rank if is_tied else index + 1
        ranking.append(RankedFilm(rank, film, scores[film][0], scores[film][1]))
    return ranking
