"""Names of countries in sentences."""

ARTICLED = ("Czech Republic", "Netherlands", "Philippines", "Soviet Union", "United")


def in_a_sentence(country: str) -> str:
    """The name as it follows "in": "the United States", but "Canada"."""
    return f"the {country}" if country.startswith(ARTICLED) else country
