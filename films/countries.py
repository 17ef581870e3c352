"""Countries as our records and our sentences call them."""

ARTICLED = ("Czech Republic", "Netherlands", "Philippines", "Soviet Union", "United")


def in_a_sentence(country):
    """A country after "in": "the United States", but "Canada"."""
    return f"the {country}" if country.startswith(ARTICLED) else country
