"""Finds rows by a name that may be misspelt, and slugs for new rows."""

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Substr
from django.utils.text import slugify

from films.titles import is_same_title, rank_matches


class FuzzyMatchQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that have a `sort_key` and are found by a name that may be misspelt."""

    if TYPE_CHECKING:

        def match_keys(self) -> Iterable[tuple[int, str]]:
            """(primary key, text to match) for each spelling of each row; subclasses define it."""

    def initial_letters(self) -> list[str]:
        """The first characters of the sort keys, each once, in order; one query."""
        firsts = self.order_by().values_list(Substr("sort_key", 1, 1), flat=True).distinct()
        return sorted(filter(None, firsts))

    def with_initial_letter(self, letter: str) -> Self:
        return self.filter(sort_key__startswith=letter)

    def alphabetical(self) -> Self:
        return self.order_by("sort_key", "pk")

    def matching(self, text: str, limit: int = 8) -> list[M]:
        """At most `limit` rows that match `text`, best match first."""
        pks = rank_matches(list(self.match_keys()), text, limit)
        rows = self.in_bulk(pks)
        return [rows[pk] for pk in pks]

    def confident_match(self, text: str) -> M | None:
        """The row that `text` names, with small typos allowed; None if it names none."""
        keys = list(self.match_keys())
        for pk in rank_matches(keys, text, 1):
            if any(is_same_title(text, key) for key_pk, key in keys if key_pk == pk):
                return self.get(pk=pk)
        return None


def unused_slug(text: str, taken: Container[str], max_length: int = 120) -> str:
    """A slug for `text` that is not in `taken`; it ends in a number if the plain slug is taken."""
    base = slugify(text)[: max_length - 5].strip("-") or "untitled"
    slug, suffix = base, 1
    while slug in taken:
        suffix += 1
        slug = f"{base}-{suffix}"
    return slug
