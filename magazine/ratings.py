"""Ratings are kept in half stars, 1 to 10, and printed and read aloud in stars."""

HALF_STARS = range(1, 11)


def spoken_stars(half_stars):
    """A rating as it is read aloud."""
    whole, half = divmod(half_stars, 2)
    number = " and ".join(filter(None, [str(whole) if whole else "", "a half" if half else ""]))
    return f"{number} star{'s' if half_stars > 2 else ''} out of 5"
