"""
The search index of all pieces. The database itself updates it, so that no way of saving can forget to.

Both databases index the same folded words (`films.titles.folded`: no accents, case or punctuation) and run
the same query: for each word, the piece must contain a word that begins with it. No language rules, ranks or
stop words of either database are used, so that the results are the same.
"""

from django.db import connection

from magazine.database_triggers import Trigger, TriggerGroup, register

ARTICLE_TABLE = "magazine_article"
TABLE = "magazine_article_words"

ADD_WORDS = (
    f"INSERT INTO {TABLE} (rowid, search_title, search_text) "  # noqa: S608 - this module's own names
    "VALUES (new.id, new.search_title, new.search_text);"
)
REMOVE_WORDS = (
    f"INSERT INTO {TABLE} ({TABLE}, rowid, search_title, search_text) "  # noqa: S608
    "VALUES ('delete', old.id, old.search_title, old.search_text);"
)
SQLITE_TRIGGERS = {
    "article_words_insert": ("AFTER INSERT", "", ADD_WORDS),
    "article_words_delete": ("AFTER DELETE", "", REMOVE_WORDS),
    "article_words_update": (
        "AFTER UPDATE OF search_title, search_text",
        "WHEN new.search_title <> old.search_title OR new.search_text <> old.search_text ",
        f"{REMOVE_WORDS} {ADD_WORDS}",
    ),
}
BUILD_SQL = {
    "sqlite": [
        f"DROP TABLE IF EXISTS {TABLE}",
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
        "search_title, search_text, content='magazine_article', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 0\", prefix='2 3')",
        f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')",  # noqa: S608
    ],
    "postgresql": [
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE magazine_article DROP COLUMN IF EXISTS search_words",
        "ALTER TABLE magazine_article ADD COLUMN search_words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', search_title), 'A') || "
        "setweight(to_tsvector('simple', search_text), 'B')) STORED",
        "CREATE INDEX article_search_words ON magazine_article USING gin (search_words)",
    ],
}
# One row where the index exists: the FTS5 table, or the index over the generated column.
EXISTS_SQL = {
    "sqlite": f"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{TABLE}'",  # noqa: S608
    "postgresql": "SELECT 1 FROM pg_indexes WHERE indexname = 'article_search_words'",
}
# The number of pieces minus that of indexed ones. PostgreSQL's generated column is always complete.
COUNT_DIFFERENCE_SQL = (
    f"SELECT (SELECT count(*) FROM {ARTICLE_TABLE}) - (SELECT count(*) FROM {TABLE}_docsize)"  # noqa: S608
)


def build_index() -> None:
    """Rebuild the index from the words of all pieces."""
    with connection.cursor() as cursor:
        for statement in BUILD_SQL[connection.vendor]:
            cursor.execute(statement)


def is_complete() -> bool:
    """Whether the index exists and contains as many pieces as there are."""
    if missing_index():
        return False
    if connection.vendor != "sqlite":
        return True  # pragma: no cover - runs on a server alone
    with connection.cursor() as cursor:
        cursor.execute(COUNT_DIFFERENCE_SQL)
        return cursor.fetchone()[0] == 0


def missing_index() -> list[str]:
    """[the name of the index] if it does not exist, else []."""
    with connection.cursor() as cursor:
        cursor.execute(EXISTS_SQL[connection.vendor])
        return [] if cursor.fetchone() else ["article_words_ (the search index)"]


def build_if_incomplete(created: set[str]) -> None:
    """Build the index if it is missing or incomplete, or if one of its triggers was missing."""
    if created or not is_complete():
        build_index()


def index_triggers(vendor: str) -> list[Trigger]:
    """The triggers that keep the FTS5 table up to date. PostgreSQL has a generated column, and needs none."""
    if vendor != "sqlite":
        return []  # pragma: no cover - runs on a server alone
    return [
        Trigger(
            name,
            ARTICLE_TABLE,
            f'CREATE TRIGGER "{name}" {when} ON "{ARTICLE_TABLE}" {condition}BEGIN {words} END',
        )
        for name, (when, condition, words) in SQLITE_TRIGGERS.items()
    ]


INDEX_TRIGGERS = register(
    TriggerGroup("article_words_", index_triggers, build_if_incomplete, missing_index, ARTICLE_TABLE)
)
