"""Requests that may be the same as the one somebody is about to send."""

from django.db.models import Count
from rapidfuzz import fuzz

from films.titles import title_key
from magazine.models import Word
from reelrequests.models import ReelRequest, RequestWord

LIKELY = 60  # of 100
LOOKED_AT = 200
COMMON = {"the", "a", "an", "of", "and", "in", "on", "to", "for", "with", "film", "movie"}


def similar_to(title, limit=4):
    """Requests that readers can see and that ask for something like `title`, the likeliest first; a list."""
    key = title_key(title)
    words = [word for word in key.split() if word not in COMMON] or key.split()
    if not words:
        return []
    shared = RequestWord.objects.filter(word__in=_as_spelled(words)).values("request")
    nearest = shared.annotate(words=Count("pk")).order_by("-words", "-request")[:LOOKED_AT]
    found = ReelRequest.objects.shown().for_rows().filter(pk__in=[row["request"] for row in nearest])
    likely = [(fuzz.token_set_ratio(key, each.title_key), each.voices, each) for each in found]
    likely = sorted((each for each in likely if each[0] >= LIKELY), key=lambda each: each[:2], reverse=True)
    return [request for _, _, request in likely[:limit]]


def _as_spelled(words):
    """The words, and what each may have been meant to be."""
    return {*words, *filter(None, (Word.objects.closest_to(word) for word in words))}
