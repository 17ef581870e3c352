"""Every word of the published and unpublished pieces, for "did you mean"."""

from django.db import models
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

MIN_LENGTH = 4  # letters; a shorter word with a typo is usually another word
MIN_SCORE = 74  # of 100; "metropolsi" scores 90 against "metropolis"


class WordQuerySet(models.QuerySet["Word"]):
    """Known words, and the one that a misspelt word probably means."""

    def add_from(self, text: str) -> None:
        """Add every word of `text` (folded) that is not known yet."""
        new = {word for word in text.split() if MIN_LENGTH <= len(word) <= 40 and not word.isdigit()}
        words = [self.model(text=word) for word in sorted(new)]
        self.bulk_create(words, ignore_conflicts=True, batch_size=500)

    def closest_to(self, word: str) -> str | None:
        """The known word most similar to `word`; None if `word` begins a known word or none is similar."""
        if len(word) < MIN_LENGTH or self.filter(text__startswith=word).exists():
            return None
        similar_length = models.Q(length__range=(len(word) - 2, len(word) + 2))
        candidates = self.annotate(length=Length("text")).filter(similar_length)
        texts = candidates.order_by("text").values_list("text", flat=True)
        found = process.extractOne(word, texts, scorer=fuzz.ratio, score_cutoff=MIN_SCORE)
        return found[0] if found else None


class Word(models.Model):
    """One folded word. It does not say in which pieces it occurs, so a draft's words give nothing away."""

    text = models.CharField(max_length=40, unique=True)

    objects = WordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text
