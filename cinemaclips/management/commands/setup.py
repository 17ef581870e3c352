"""manage.py setup: prepares the data folder, the database and the static files. Safe to run again."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from about import topics
from cinemaclips.code_loading import load_code
from cinemaclips.models import WorkerState
from cinemaclips.sqlite.base import marker_of
from cinemaclips.static_collection import collected_stamp, has_stale_static
from contest import initial_data
from magazine import starter_texts
from magazine.database_triggers import missing_triggers
from magazine.roles import apply_roles


class Command(BaseCommand):
    help = "Prepare the database, the roles and the static files; --demo also loads the demo magazine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true")

    def handle(self, *, demo: bool, **options: Any) -> None:
        check_folder(settings.DATA_DIR)
        if has_pending_migrations() or missing_triggers():
            back_up_before_migration()
            migrate()
            call_command("reindex", missing=True, stdout=io.StringIO())
            self.stdout.write("The database is ready.")
        expect_database()
        self.check(databases=[DEFAULT_DB_ALIAS])
        load_code()
        apply_roles()
        WorkerState.objects.expect(timezone.now())
        write_starters()
        if has_stale_static():
            call_command("collectstatic", interactive=False, verbosity=0, clear=False)
            collected_stamp().touch()
            self.stdout.write("The static files are ready.")
        if demo:
            call_command("demo", stdout=self.stdout)


def write_starters() -> None:
    """Create the static pages, topics, regions and thresholds of a new magazine, where there are none."""
    starter_texts.create_missing_pages()
    topics.create_defaults()
    initial_data.create_regions_and_thresholds()


def migrate() -> None:
    """
    Apply all migrations. On SQLite in one transaction: stopped at any moment, it has done all or nothing.

    Django itself records a migration after the transaction that made its tables. Killed in between, it
    would try to make them again.
    """
    if connection.vendor != "sqlite":
        call_command("migrate", verbosity=0)
        return
    connection.disable_constraint_checking()  # has no effect within a transaction
    try:
        with transaction.atomic():
            call_command("migrate", verbosity=0)
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def back_up_before_migration() -> None:
    """Make a backup of a magazine that exists. Raises `CommandError` if none can be made."""
    if settings.BACKS_UP and connection.introspection.table_names():
        call_command("backup", quiet=True)


def expect_database() -> None:
    """Note beside an SQLite database that it was set up: should it vanish, no empty one takes its place."""
    if connection.vendor == "sqlite":
        marker_of(connection.settings_dict["NAME"]).touch()


def check_folder(folder: Path) -> None:
    """Raise `CommandError` unless files can be written to `folder`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CommandError(
            f"The data folder {folder} cannot be written ({error.strerror}). Change its owner, or "
            "name another one: DATA_DIR=/path/to/folder make run"
        ) from None


def has_pending_migrations() -> bool:
    """Whether a migration has not been applied to the database yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
