"""
The index over all pieces, kept by the database itself, so that no way of saving can forget it.

Both databases are given the same plain words (`films.titles.folded`: no accents, no case, no
punctuation) and asked the same question: every word, or its beginning, must be there. Neither
database's own idea of language, rank or stop words is used, so both answer alike.
"""

from django.db import connection

TABLE = "magazine_article_words"

SQLITE = f"""
DROP TABLE IF EXISTS {TABLE};
CREATE VIRTUAL TABLE {TABLE} USING fts5(
    search_title, search_text, content='magazine_article', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0", prefix='2 3'
);
DROP TRIGGER IF EXISTS article_words_insert;
CREATE TRIGGER article_words_insert AFTER INSERT ON magazine_article BEGIN
    INSERT INTO {TABLE} (rowid, search_title, search_text) VALUES (new.id, new.search_title, new.search_text);
END;
DROP TRIGGER IF EXISTS article_words_delete;
CREATE TRIGGER article_words_delete AFTER DELETE ON magazine_article BEGIN
    INSERT INTO {TABLE} ({TABLE}, rowid, search_title, search_text)
        VALUES ('delete', old.id, old.search_title, old.search_text);
END;
DROP TRIGGER IF EXISTS article_words_update;
CREATE TRIGGER article_words_update AFTER UPDATE OF search_title, search_text ON magazine_article
WHEN new.search_title <> old.search_title OR new.search_text <> old.search_text BEGIN
    INSERT INTO {TABLE} ({TABLE}, rowid, search_title, search_text)
        VALUES ('delete', old.id, old.search_title, old.search_text);
    INSERT INTO {TABLE} (rowid, search_title, search_text) VALUES (new.id, new.search_title, new.search_text);
END;
INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild');
"""  # noqa: S608 - put together from this module's own names

POSTGRESQL = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE magazine_article DROP COLUMN IF EXISTS search_words;
ALTER TABLE magazine_article ADD COLUMN search_words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', search_title), 'A') || setweight(to_tsvector('simple', search_text), 'B')
) STORED;
CREATE INDEX article_search_words ON magazine_article USING gin (search_words);
"""


BUILD_SQL = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
# How many rows say that the index is kept: three triggers, or one index over the generated column.
UPKEEP_CHECKS = {
    "sqlite": ("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'article_words_%%'", 3),
    "postgresql": ("SELECT 1 FROM pg_indexes WHERE indexname = 'article_search_words'", 1),
}


def build_index():
    """Make the index anew from the pieces' words. A change of the table may have dropped its triggers."""
    with connection.cursor() as cursor:
        for statement in _statements(BUILD_SQL[connection.vendor]):
            cursor.execute(statement)


def is_built():
    """Whether the database keeps the index up to date by itself."""
    query, expected_rows = UPKEEP_CHECKS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return len(cursor.fetchall()) == expected_rows


def _statements(script):
    """The statements of a script; a trigger's own statements stay together."""
    statement = ""
    for line in script.strip().splitlines():
        statement += f"{line}\n"
        in_trigger = "CREATE TRIGGER" in statement
        if line == "END;" if in_trigger else line.endswith(";"):
            yield statement
            statement = ""
