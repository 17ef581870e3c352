"""The URLs that a missing URL may stand for, by redirects and by undoing common variations in spelling."""

import re
from collections.abc import Iterator

from redirects.models import MAX_PATH_LENGTH, Redirect

SLASHES = re.compile(r"/{2,}")
# Endings that web servers and generators of the 1990s and 2000s used.
OLD_ENDING = re.compile(
    r"(?:/(?:index|default|home))?\.(?:html?|shtml|php\d?|aspx?|cfm)$|/(?:index|default)$", re.I
)


def candidate_targets(path: str, query: str) -> Iterator[str]:
    """The URLs of this site to try for `path` and `query`, best first; two queries."""
    if len(path) > MAX_PATH_LENGTH or "\0" in path + query:
        return
    tidy = SLASHES.sub("/", f"/{path}".replace("\\", "/"))
    lowered = tidy.lower()
    bare = OLD_ENDING.sub("", lowered)
    spellings = list(dict.fromkeys([path, tidy, lowered]))
    guesses = [guess for stem in (tidy, lowered, bare) for guess in (stem or "/", f"{stem.rstrip('/')}/")]
    redirects = Redirect.objects.table_for([*spellings, *guesses])
    for spelling in spellings:
        yield from redirects.targets_for(spelling, query)
    for guess in dict.fromkeys(guesses):
        if guess != path:
            # If only slashes or capitals differ, it is the same page, and the query belongs to it.
            yield f"{guess}?{query}" if query and guess.rstrip("/").lower() == lowered.rstrip("/") else guess
            yield from redirects.targets_for(guess, "")
