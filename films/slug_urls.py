"""
URLs that end in a slug, built without a call of `reverse()` for each link.

A list of twenty cards prints a hundred links, and `reverse()` would cost more than the rest of a card.
"""

from functools import cache

from django.urls import reverse

PLACEHOLDER = "slug-goes-here"


@cache
def _url_pattern(name: str) -> str:
    return reverse(name, args=[PLACEHOLDER])


def slug_url(name: str, slug: str) -> str:
    """The same as `reverse(name, args=[slug])`, for a valid slug."""
    return _url_pattern(name).replace(PLACEHOLDER, slug)
