"""Where an address that is not there may have meant: by the map of moves, and by undoing common slips."""

import re

from moved.models import LONGEST, Move

SLASHES = re.compile(r"/{2,}")
# What the web servers and generators of the 1990s and 2000s put at the end.
OLD_ENDING = re.compile(
    r"(?:/(?:index|default|home))?\.(?:html?|shtml|php\d?|aspx?|cfm)$|/(?:index|default)$", re.I
)


def candidates(path, query):
    """Addresses worth trying for `path` and `query`, best first, each a path of this site."""
    if len(path) > LONGEST or "\0" in path + query:
        return
    tidy = SLASHES.sub("/", f"/{path}".replace("\\", "/"))
    for asked in dict.fromkeys([path, tidy, tidy.lower()]):
        yield from _mapped(asked, query)
    plain = tidy.lower()
    bare = OLD_ENDING.sub("", plain)
    for guess in dict.fromkeys(
        [tidy, f"{tidy.rstrip('/')}/", plain, f"{plain.rstrip('/')}/", bare or "/", f"{bare.rstrip('/')}/"]
    ):
        if guess != path:
            yield guess
            yield from _mapped(guess, "")


def _mapped(path, query):
    moves = [
        Move.objects.of(path, query) if query else None,
        Move.objects.of(path),
        Move.objects.covering(path),
    ]
    for move in filter(None, moves):
        # Never two slashes in front: that would be another site.
        yield "/" + move.leads_to(path).lstrip("/\\")
