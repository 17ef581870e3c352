"""System checks: what the owner should hear before a reader does."""

from django.core.checks import Tags, Warning, register
from django.db import connections

from cinemaclips.sqlite.base import dbapi2, wal_is_safe


@register(Tags.database)
def check_sqlite_durability(app_configs, databases, **kwargs):
    """Warn where SQLite is too old for a write-ahead log, or does not wait for the disk."""
    problems = []
    if not wal_is_safe(dbapi2.sqlite_version_info):
        problems.append(
            Warning(
                f"SQLite {dbapi2.sqlite_version} has the WAL-reset bug, so the slower rollback "
                "journal is used.",
                hint="Install the pysqlite3 version that requirements.txt names.",
                id="cinemaclips.W001",
            )
        )
    for alias in databases or []:
        if connections[alias].vendor != "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if synchronous < 2:
            problems.append(
                Warning(
                    f"The database {alias!r} does not wait for the disk (synchronous={synchronous}).",
                    hint="A confirmed entry could be lost at a power cut. Use synchronous=FULL.",
                    id="cinemaclips.W002",
                )
            )
    return problems
