"""
Django's SQLite backend on a version of SQLite that two processes can write to safely.

Python's own sqlite3 module uses the library of the system. Debian 12 has 3.40.1, and every version before
3.51.3 can lose data in WAL mode (https://sqlite.org/wal.html#walresetbug). The wheel of pysqlite3 contains
a fixed version.
"""
