"""Every word the magazine has printed, for "did you mean"."""

from django.db import models
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

MIN_LENGTH = 4  # letters; a slip in a shorter word makes another word
MIN_SCORE = 74  # of 100; "metropolsi" scores 90 against "metropolis"


class WordQuerySet(models.QuerySet):
    def add_from(self, text):
        """Take in every word of `text` (folded)."""
        new = {word for word in text.split() if MIN_LENGTH <= len(word) <= 40 and not word.isdigit()}
        self.bulk_create([Word(text=word) for word in sorted(new)], ignore_conflicts=True, batch_size=500)

    def closest_to(self, word):
        """The known word most like `word`, which is none; None if there is nothing like it."""
        if len(word) < MIN_LENGTH or self.filter(text__startswith=word).exists():
            return None
        candidates = self.annotate(length=Length("text")).filter(length__range=(len(word) - 2, len(word) + 2))
        texts = candidates.order_by("text").values_list("text", flat=True)
        found = process.extractOne(word, texts, scorer=fuzz.ratio, score_cutoff=MIN_SCORE)
        return found[0] if found else None


class Word(models.Model):
    """One word, folded. It tells nothing of where it stands: what it leads to goes through the gate."""

    text = models.CharField(max_length=40, unique=True)

    objects = WordQuerySet.as_manager()

    def __str__(self):
        return self.text
