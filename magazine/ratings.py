"""Ratings: stored in half stars, from 1 to 10, and shown in stars."""

from collections.abc import Iterable

HALF_STARS = range(1, 11)


class RatingDistribution:
    """The distribution of ratings; `counts` are (half stars, number of pieces) pairs."""

    def __init__(self, counts: Iterable[tuple[int, int]]) -> None:
        self.counts = dict(counts)
        self.total = sum(self.counts.values())

    @property
    def average(self) -> int | None:
        """The average in half stars, rounded; None where nothing is rated."""
        sum_of_halves = sum(halves * count for halves, count in self.counts.items())
        return round(sum_of_halves / self.total) if self.total else None

    @property
    def bars(self) -> list[tuple[int, int]]:
        """(half stars, number of pieces) for every rating of the scale, highest first."""
        return [(halves, self.counts.get(halves, 0)) for halves in reversed(HALF_STARS)]

    @property
    def highest_count(self) -> int:
        return max(self.counts.values())


def spoken_stars(half_stars: int) -> str:
    """A rating in words: "3 and a half stars out of 5"."""
    whole, half = divmod(half_stars, 2)
    amount = " and ".join(filter(None, [str(whole) if whole else "", "a half" if half else ""]))
    return f"{amount} star{'s' if half_stars > 2 else ''} out of 5"
