"""Ratings are kept in half stars, 1 to 10, and printed and read aloud in stars."""

HALF_STARS = range(1, 11)


class RatingDistribution:
    """How somebody's ratings are spread: `counts` are (half stars, count) pairs, lowest first."""

    def __init__(self, counts):
        self.counts = dict(counts)
        self.total = sum(self.counts.values())

    @property
    def average(self):
        """To the nearest half star; None where nothing is rated."""
        sum_of_halves = sum(halves * count for halves, count in self.counts.items())
        return round(sum_of_halves / self.total) if self.total else None

    @property
    def bars(self):
        """(half stars, count) for every step of the scale, best first."""
        return [(halves, self.counts.get(halves, 0)) for halves in reversed(HALF_STARS)]

    @property
    def highest_count(self):
        return max(self.counts.values())


def spoken_stars(half_stars):
    """A rating as it is read aloud."""
    whole, half = divmod(half_stars, 2)
    amount = " and ".join(filter(None, [str(whole) if whole else "", "a half" if half else ""]))
    return f"{amount} star{'s' if half_stars > 2 else ''} out of 5"
