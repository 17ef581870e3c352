"""Finds requests that may be for the same thing as one that somebody is about to send."""

from collections.abc import Iterable

from django.db.models import Count
from rapidfuzz import fuzz

from films.titles import title_key
from magazine.models import Word
from reelrequests.models import ReelRequest, RequestWord

MIN_SCORE = 60  # of 100
MAX_CANDIDATES = 200
STOP_WORDS = {"the", "a", "an", "of", "and", "in", "on", "to", "for", "with", "film", "movie"}


def similar_to(title: str, limit: int = 4) -> list[ReelRequest]:
    """Public requests whose title is like `title`, the most similar first."""
    key = title_key(title)
    words = [word for word in key.split() if word not in STOP_WORDS] or key.split()
    if not words:
        return []
    shared = RequestWord.objects.filter(word__in=_spelling_variants(words)).values("request")
    nearest = shared.annotate(words=Count("pk")).order_by("-words", "-request")[:MAX_CANDIDATES]
    found = ReelRequest.objects.shown().for_rows().filter(pk__in=[row["request"] for row in nearest])
    scored = [
        (fuzz.token_set_ratio(key, reel_request.title_key), reel_request.vote_count, reel_request)
        for reel_request in found
    ]
    likely = sorted((row for row in scored if row[0] >= MIN_SCORE), key=lambda row: row[:2], reverse=True)
    return [reel_request for _, _, reel_request in likely[:limit]]


def _spelling_variants(words: Iterable[str]) -> set[str]:
    """The words, and for each the most similar word in use on the site, in case it is misspelt."""
    return {*words, *filter(None, (Word.objects.closest_to(word) for word in words))}
