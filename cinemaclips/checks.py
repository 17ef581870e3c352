"""System checks: durable writes on SQLite, triggers that are up to date, and a server that sends the mail."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

from cinemaclips.email_url import HELP
from cinemaclips.sqlite.base import dbapi2, wal_is_safe
from magazine.database_triggers import missing_triggers


@register(Tags.database)
def check_sqlite_durability(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn if SQLite is too old for a safe write-ahead log, or commits without waiting for the disk."""
    return [
        *_old_library(dbapi2.sqlite_version_info),
        *(each for alias in databases or [] for each in _not_waiting_for_disk(alias)),
    ]


def _old_library(version: tuple[int, ...]) -> Iterator[CheckMessage]:
    if not wal_is_safe(version):
        yield Warning(
            f"SQLite {'.'.join(map(str, version))} has the WAL-reset bug, so the slower rollback "
            "journal is used.",
            hint="Install the pysqlite3 version that requirements.txt names.",
            id="cinemaclips.W001",
        )


def _not_waiting_for_disk(alias: str) -> Iterator[CheckMessage]:
    if connections[alias].vendor != "sqlite":
        return
    with connections[alias].cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if synchronous < 2:
        yield Warning(
            f"The database {alias!r} does not wait for the disk (synchronous={synchronous}).",
            hint="A confirmed entry could be lost at a power cut. Use synchronous=FULL.",
            id="cinemaclips.W002",
        )


@register(Tags.database)
def check_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report every database trigger that is missing or outdated, except on tables that do not exist yet."""
    missing = missing_triggers() if DEFAULT_DB_ALIAS in (databases or []) else []
    return [
        Error(
            f"The database lacks the trigger {name}.",
            hint="Run manage.py setup, which installs what is missing.",
            id="cinemaclips.E001",
        )
        for name in missing
    ]


@register(Tags.mail)
def check_mail_server(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report a site on https that names no mail server: none of its mail would leave."""
    if not settings.HTTPS or settings.EMAIL_URL:
        return []
    return [
        Error(
            "The site is on https, and no mail can leave it: EMAIL_URL is not set.",
            hint=f"{HELP} Then try it: manage.py send_test_mail ADDRESS",
            id="cinemaclips.E002",
        )
    ]
