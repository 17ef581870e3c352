"""Rows that readers ask for by a name they may not spell, and slugs for new ones."""

from django.db import models
from django.db.models.functions import Substr
from django.utils.text import slugify

from films.titles import means, ranked


class MatchedQuerySet(models.QuerySet):
    """Rows that readers ask for by a name they may not spell, or look up in an alphabet."""

    def letters(self):
        """The letters under which rows are filed, each once, in order; one query."""
        firsts = self.order_by().values_list(Substr("filed_under", 1, 1), flat=True).distinct()
        return sorted(filter(None, firsts))

    def beginning_with(self, letter):
        return self.filter(filed_under__startswith=letter)

    def alphabetical(self):
        return self.order_by("filed_under", "pk")

    def matching(self, text, limit=8):
        """The rows that answer `text`, best first, at most `limit`; a list."""
        numbers = ranked(list(self.match_keys()), text, limit)
        rows = self.in_bulk(numbers)
        return [rows[number] for number in numbers]

    def meant(self, text):
        """The row that `text` names, but for a small slip; None where it names none."""
        keys = list(self.match_keys())
        for number in ranked(keys, text, 1):
            if any(means(text, key) for each, key in keys if each == number):
                return self.get(pk=number)
        return None


def unused_slug(text, taken, max_length=120):
    """A slug for `text` that is not in `taken` (a set); a number follows where it must."""
    stem = slugify(text)[: max_length - 5].strip("-") or "untitled"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
