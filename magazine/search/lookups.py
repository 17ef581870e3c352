"""`search_text__has_words` and `search_title__has_words`: all of these words, or words that begin so."""

from django.db.models import Lookup

from magazine.search.index import TABLE


class HasWords(Lookup):
    """The right side is a list of folded words. `column_filter` narrows the question to the title."""

    lookup_name = "has_words"
    prepare_rhs = False
    weight = ""
    column_filter = ""

    def _alias(self, compiler):
        return compiler.compile(self.lhs)[0].rpartition(".")[0]

    def as_sqlite(self, compiler, connection):
        words = " ".join(f'"{word}"*' for word in self.rhs)
        query = f"{self.column_filter}({words})" if words else '""'
        return f"{self._alias(compiler)}.id IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)", [query]  # noqa: S608

    def as_postgresql(self, compiler, connection):
        query = " & ".join(f"{word}:*{self.weight}" for word in self.rhs)
        return f"{self._alias(compiler)}.search_words @@ to_tsquery('simple', %s)", [query]


class TitleHasWords(HasWords):
    weight = "A"
    column_filter = "search_title : "
