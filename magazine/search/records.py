"""Search among records that are no pieces."""

from django.db import models


def with_all_words[M: models.Model](records: "models.QuerySet[M]", words: list[str]) -> "models.QuerySet[M]":
    """Those of `records` whose `search_text` has, for each folded word, a word that begins with it."""
    for word in words:
        records = records.filter(search_text__contains=f" {word}")
    return records
