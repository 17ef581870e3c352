"""The lookups `search_text__has_words` and `search_title__has_words`, which use the search index."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

from magazine.search.index import TABLE


class HasWords(Lookup):
    """
    True where each of the folded words on the right side begins a word of the piece.

    A subclass limits the search to the title by `column_filter` (SQLite) and `weight` (PostgreSQL).
    """

    lookup_name = "has_words"
    prepare_rhs = False
    weight = ""
    column_filter = ""

    def _alias(self, compiler: SQLCompiler) -> str:
        return compiler.compile(self.lhs)[0].rpartition(".")[0]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        words = " ".join(f'"{word}"*' for word in self.rhs)
        query = f"{self.column_filter}({words})" if words else '""'
        return f"{self._alias(compiler)}.id IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)", [query]  # noqa: S608

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        query = " & ".join(f"{word}:*{self.weight}" for word in self.rhs)
        return f"{self._alias(compiler)}.search_words @@ to_tsquery('simple', %s)", [query]


class TitleHasWords(HasWords):
    """The same for words of the title alone."""

    weight = "A"
    column_filter = "search_title : "
