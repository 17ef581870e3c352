"""
URLs that end in a slug, without asking the URL table for every link.

A list of twenty cards prints a hundred links; looking each up costs more than the rest of the card.
"""

from functools import cache

from django.urls import reverse

PLACEHOLDER = "slug-goes-here"


@cache
def _url_pattern(name):
    return reverse(name, args=[PLACEHOLDER])


def slug_url(name, slug):
    """What `reverse(name, args=[slug])` says, for a valid slug."""
    return _url_pattern(name).replace(PLACEHOLDER, slug)
