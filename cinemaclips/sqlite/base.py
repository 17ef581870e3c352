"""The backend: uses pysqlite3 instead of sqlite3, and a journal mode that is safe with its version."""

import sys
from typing import Any

import pysqlite3
from pysqlite3 import dbapi2

# pysqlite3 has the API of Python 3.10, which has no getlimit() and no limit constants. Django uses two.
LIMIT_CATEGORIES = {"SQLITE_LIMIT_COLUMN": 2, "SQLITE_LIMIT_VARIABLE_NUMBER": 9}
for name, category in LIMIT_CATEGORIES.items():
    setattr(pysqlite3, name, category)
    setattr(dbapi2, name, category)
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = dbapi2

from django.db.backends.sqlite3 import base  # noqa: E402 - after pysqlite3 has taken the place of sqlite3

from cinemaclips.sqlite.schema import DatabaseSchemaEditor  # noqa: E402 - imports Django's backend

# The version with the fix, and the two older branches that got it too.
WAL_FIXED_IN = (3, 51, 3)
WAL_FIXED_IN_OLDER = {(3, 44): 6, (3, 50): 7}


def wal_is_safe(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> bool:
    """Whether this version of SQLite has no WAL-reset bug."""
    older = WAL_FIXED_IN_OLDER.get((version[0], version[1]))
    return version >= WAL_FIXED_IN or (older is not None and version[2] >= older)


class Connection(dbapi2.Connection):  # type: ignore[name-defined]  # pysqlite3 has no stubs; its C module makes the class
    """A connection with a `getlimit()` that returns the limits the library was compiled with."""

    COMPILED_LIMITS = {
        LIMIT_CATEGORIES["SQLITE_LIMIT_COLUMN"]: 2000,
        LIMIT_CATEGORIES["SQLITE_LIMIT_VARIABLE_NUMBER"]: 32766,
    }

    def getlimit(self, category: int) -> int:
        return self.COMPILED_LIMITS[category]


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with full durability: an acknowledged commit survives a power cut."""

    SchemaEditorClass = DatabaseSchemaEditor

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"factory": Connection}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        journal = "WAL" if wal_is_safe() else "DELETE"
        for pragma in (
            f"journal_mode={journal}",
            "synchronous=FULL",
            "mmap_size=0",
            "cache_size=-16000",
            "temp_store=MEMORY",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        return connection
