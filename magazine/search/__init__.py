"""The search index: the same answers from SQLite's FTS5 and from PostgreSQL's full text."""
