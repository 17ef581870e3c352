"""
Django's SQLite backend on a SQLite that is safe to write to from two processes.

Python's own sqlite3 module links whatever the system has; Debian 12 has 3.40.1, and every
version before 3.51.3 can lose data in WAL mode (https://sqlite.org/wal.html#walresetbug).
The pysqlite3 wheel carries its own, fixed one.
"""
