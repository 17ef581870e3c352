"""The search index, which gives the same results with SQLite's FTS5 and with PostgreSQL's tsvector."""
