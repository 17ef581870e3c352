"""Where an address that is not there may have meant: by the map of moves, and by undoing common slips."""

import re

from moved.models import LONGEST, Move

SLASHES = re.compile(r"/{2,}")
# What the web servers and generators of the 1990s and 2000s put at the end.
OLD_ENDING = re.compile(
    r"(?:/(?:index|default|home))?\.(?:html?|shtml|php\d?|aspx?|cfm)$|/(?:index|default)$", re.I
)


def candidates(path, query):
    """Addresses worth trying for `path` and `query`, best first, each of this site; two queries."""
    if len(path) > LONGEST or "\0" in path + query:
        return
    tidy = SLASHES.sub("/", f"/{path}".replace("\\", "/"))
    plain = tidy.lower()
    bare = OLD_ENDING.sub("", plain)
    asked = list(dict.fromkeys([path, tidy, plain]))
    guesses = [
        each for address in (tidy, plain, bare) for each in (address or "/", f"{address.rstrip('/')}/")
    ]
    moves = Move.objects.for_addresses([*asked, *guesses])
    for address in asked:
        yield from moves.of(address, query)
    for guess in dict.fromkeys(guesses):
        if guess != path:
            # Only the spelling was wrong: what was asked of the page is still meant.
            yield f"{guess}?{query}" if query and guess.rstrip("/").lower() == plain.rstrip("/") else guess
            yield from moves.of(guess, "")
