"""
Addresses that end in a slug, without asking the URL table for every link.

A list of twenty cards prints a hundred links; looking each up costs more than the rest of the card.
"""

from functools import cache

from django.urls import reverse

OPEN = "slug-goes-here"


@cache
def _pattern(name):
    return reverse(name, args=[OPEN])


def address(name, slug):
    """What `reverse(name, args=[slug])` says, for a valid slug."""
    return _pattern(name).replace(OPEN, slug)
