"""Copies the database into a file while others use it, and back: SQLite's own backup, or pg_dump."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection, transaction
from pysqlite3.dbapi2 import connect  # type: ignore[attr-defined]  # it has no stubs

from cinemaclips.backup.manifest import BrokenBackup

SQLITE_FILE, POSTGRESQL_FILE = "db.sqlite3", "database.dump"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def database_file() -> str:
    """The name of the database's file in a backup."""
    return SQLITE_FILE if connection.vendor == "sqlite" else POSTGRESQL_FILE


def copy_database(target: Path) -> dict[str, int]:
    """
    Write the database as it is at one moment into `target`. Returns the number of rows of each table.

    Raises `BrokenBackup` if that fails.
    """
    if connection.vendor == "sqlite":
        return _copy_sqlite(target)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        command = ["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"]
        _run(command, connection.settings_dict)
        return count_rows()


def _copy_sqlite(target: Path) -> dict[str, int]:
    with (
        closing(connect(connection.settings_dict["NAME"])) as source,
        closing(connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").close()  # one file, without a log beside it
        tables = [name for (name,) in copy.execute(TABLES)]
        return {table: copy.execute(_count(table)).fetchone()[0] for table in tables}


def load_database(source: Path, target: dict[str, Any]) -> None:
    """Write a copy into the PostgreSQL database of `target`, an entry of `DATABASES`."""
    _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", str(source)], target)


@contextmanager
def scratch_database(source: Path) -> Iterator[str]:
    """A new database on the PostgreSQL server with a copy in it, and its URL. It is deleted afterwards."""
    name = f"{connection.settings_dict['NAME']}_restore_test"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        load_database(source, connection.settings_dict | {"NAME": name})
        yield urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(command: Sequence[str], database: dict[str, Any]) -> None:
    """Run a program of PostgreSQL on this database. Raises `BrokenBackup` with what it said."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    variables = {variable: str(database[name]) for variable, name in names.items() if database.get(name)}
    try:
        subprocess.run(  # noqa: S603 - programs of PostgreSQL
            [*command, f"--dbname={database['NAME']}"],
            env=os.environ | variables,
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        message = f"{command[0]} is not installed; Debian has it in postgresql-client."
        raise BrokenBackup(message) from None
    except subprocess.CalledProcessError as error:
        raise BrokenBackup(f"{command[0]} failed: {error.stderr.strip()[:300]}") from None


def count_rows() -> dict[str, int]:
    """The number of rows of each table of the site's database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(TABLES)
            tables = [name for (name,) in cursor.fetchall()]
        else:
            tables = connection.introspection.table_names(cursor)
        return {table: _fetch_count(cursor, table) for table in tables}


def _fetch_count(cursor: Any, table: str) -> int:
    cursor.execute(_count(table))
    return cursor.fetchone()[0]


def _count(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - the names are the database's own
