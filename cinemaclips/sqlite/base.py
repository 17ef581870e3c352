"""The backend: uses pysqlite3 instead of sqlite3, and a journal mode that is safe with its version."""

import os
import sys
from pathlib import Path
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

from django.db.backends.sqlite3 import base, features  # noqa: E402 - after pysqlite3 has taken the place of sqlite3
from django.db.utils import OperationalError  # noqa: E402

from cinemaclips.sqlite.schema import DatabaseSchemaEditor  # noqa: E402 - imports Django's backend

# The version with the fix, and the two older branches that got it too.
WAL_FIXED_IN = (3, 51, 3)
WAL_FIXED_IN_OLDER = {(3, 44): 6, (3, 50): 7}


def wal_is_safe(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> bool:
    """Whether this version of SQLite has no WAL-reset bug."""
    older = WAL_FIXED_IN_OLDER.get((version[0], version[1]))
    return version >= WAL_FIXED_IN or (older is not None and version[2] >= older)


type OpenedFile = tuple[int, int]  # device and inode
MISSING = (
    "The database {path} is missing. Put it back or restore a backup. To begin a new, empty magazine "
    "instead, delete the file beside it that ends in .expected."
)
REPLACED = "The database {path} was replaced while something was written to it; that is lost."


def file_at(path: str | Path) -> OpenedFile | None:
    """Which file is at `path` now; None if there is none, as for a database in memory."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def marker_of(path: str | Path) -> Path:
    """The file beside a database that says that it was set up here."""
    return Path(f"{path}.expected")


def database_is_gone(path: str | Path) -> bool:
    """Whether a database was set up at `path`, and is there no more."""
    return file_at(path) is None and file_at(marker_of(path)) is not None


class Connection(dbapi2.Connection):  # type: ignore[name-defined]  # pysqlite3 has no stubs; its C module makes the class
    """A connection with a `getlimit()` that returns the limits the library was compiled with."""

    COMPILED_LIMITS = {
        LIMIT_CATEGORIES["SQLITE_LIMIT_COLUMN"]: 2000,
        LIMIT_CATEGORIES["SQLITE_LIMIT_VARIABLE_NUMBER"]: 32766,
    }

    def getlimit(self, category: int) -> int:
        return self.COMPILED_LIMITS[category]


class DatabaseFeatures(features.DatabaseFeatures):
    """
    The features of the bundled SQLite.

    Django finds out about JSON by a transaction. If that fails once, because another process is writing,
    every page that uses JSON fails until the process ends.
    """

    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with full durability: an acknowledged commit survives a power cut."""

    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures
    opened_file: OpenedFile | None = None

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"factory": Connection}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Raises `OperationalError` where a database was and is no more, instead of making an empty one."""
        if database_is_gone(conn_params["database"]):
            raise OperationalError(MISSING.format(path=conn_params["database"]))
        connection = super().get_new_connection(conn_params)
        self.opened_file = file_at(conn_params["database"])
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

    def _cursor(self, name: str | None = None) -> Any:
        """A cursor; a connection to a file that was replaced is closed first, and the new file opened."""
        if self.connection is not None and not self.in_atomic_block and self._file_was_replaced():
            self.close()
        return super()._cursor(name)  # type: ignore[misc]  # Django's hook; its stubs lack it

    def _commit(self) -> None:
        """Raises `OperationalError` if the file was replaced meanwhile, since nobody will find the rows."""
        super()._commit()  # type: ignore[misc]  # as above
        if self._file_was_replaced():
            raise OperationalError(REPLACED.format(path=self.settings_dict["NAME"]))

    def _file_was_replaced(self) -> bool:
        return self.opened_file is not None and self.opened_file != file_at(self.settings_dict["NAME"])
