"""Ratings are kept in half stars, 1 to 10, and printed and read aloud in stars."""

HALF_STARS = range(1, 11)


class Spread:
    """How somebody's ratings are spread: `rows` are (half stars, number), lowest first."""

    def __init__(self, rows):
        self.counts = dict(rows)
        self.rated = sum(self.counts.values())

    @property
    def average(self):
        """To the nearest half star; None where nothing is rated."""
        total = sum(halves * number for halves, number in self.counts.items())
        return round(total / self.rated) if self.rated else None

    @property
    def bars(self):
        """(half stars, number) for every step of the scale, best first."""
        return [(halves, self.counts.get(halves, 0)) for halves in reversed(HALF_STARS)]

    @property
    def highest(self):
        return max(self.counts.values())


def spoken_stars(half_stars):
    """A rating as it is read aloud."""
    whole, half = divmod(half_stars, 2)
    number = " and ".join(filter(None, [str(whole) if whole else "", "a half" if half else ""]))
    return f"{number} star{'s' if half_stars > 2 else ''} out of 5"
