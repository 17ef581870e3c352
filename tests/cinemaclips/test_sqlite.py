"""The SQLite backend: durable commits, a safe journal mode, and its system check."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.checks.registry import registry
from django.db import OperationalError, connection, connections

from cinemaclips import checks
from cinemaclips.sqlite.base import DatabaseWrapper, wal_is_safe

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_disk(tmp_path):
    """A connection to a database file, as a running site has it."""
    wrapper = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "db.sqlite3")}, "disk")
    yield wrapper
    wrapper.close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True), ((3, 44, 6), True), ((3, 44, 5), False), ((3, 50, 7), True)],
)  # fmt: skip
def test_versions_with_the_wal_reset_bug_are_known(version, safe):
    assert wal_is_safe(version) is safe


def test_a_site_s_database_waits_for_the_disk(on_disk):
    def pragma(name):
        with on_disk.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys"), pragma("mmap_size")) == (
        "wal",
        2,
        1,
        0,
    )


def test_an_old_library_gets_a_rollback_journal(on_disk, monkeypatch):
    monkeypatch.setattr("cinemaclips.sqlite.base.wal_is_safe", lambda: False)
    with on_disk.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_writers_take_the_lock_at_once(on_disk):
    on_disk.ensure_connection()
    assert on_disk.transaction_mode == "IMMEDIATE"


def test_getlimit_answers_the_limit_of_variables(on_disk):
    on_disk.ensure_connection()
    assert on_disk.connection.getlimit(9) == 32766


def test_the_sqlite_library_is_that_of_pysqlite3():
    from pysqlite3 import sqlite_version

    with connections["default"].cursor() as cursor:
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    assert version == sqlite_version


test_the_sqlite_library_is_that_of_pysqlite3 = pytest.mark.django_db(
    test_the_sqlite_library_is_that_of_pysqlite3
)


def test_the_check_is_silent_when_all_is_well():
    assert checks.check_sqlite_durability(None, ["default"]) == []


def test_the_check_warns_of_an_old_library(monkeypatch):
    monkeypatch.setattr(checks, "wal_is_safe", lambda version: False)

    assert [each.id for each in checks.check_sqlite_durability(None, ["default"])] == ["cinemaclips.W001"]


def test_the_check_warns_of_a_database_that_does_not_wait_for_the_disk(monkeypatch):
    class Hurried:
        vendor = "sqlite"

        def cursor(self):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *args):
            pass

        def execute(self, sql):
            return self

        def fetchone(self):
            return (1,)

    server = type("Server", (), {"vendor": "postgresql"})()
    monkeypatch.setattr(checks, "connections", {"default": Hurried(), "server": server})
    assert checks.check_sqlite_durability(None, ["server"]) == []
    assert [each.id for each in checks.check_sqlite_durability(None, ["default"])] == ["cinemaclips.W002"]
    assert checks.check_sqlite_durability(None, None) == []


def test_the_check_is_registered():
    assert checks.check_sqlite_durability in registry.get_checks(include_deployment_checks=True)


KILLED = """
import os
from django.db.migrations.recorder import MigrationRecorder
record = MigrationRecorder.record_applied
def killed(recorder, app, name):
    if app == "magazine":
        os.kill(os.getpid(), 9)
    record(recorder, app, name)
MigrationRecorder.record_applied = killed
"""


def test_a_writer_elsewhere_does_not_decide_what_the_database_can_do(on_disk, tmp_path):
    on_disk.ensure_connection()
    writer = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "db.sqlite3")}, "writer")
    with writer.cursor() as cursor:
        cursor.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    assert on_disk.features.supports_json_field and time.monotonic() - began < 1
    writer.close()


@pytest.mark.parametrize("command", ["setup", "migrate"])
def test_a_kill_before_a_migration_is_recorded_leaves_nothing_of_it(tmp_path, command):
    """With `setup`. The control: after Django's own `migrate` the next start would find half of it."""
    environment = os.environ | {"DATA_DIR": str(tmp_path)}

    def run(code):
        code = (
            f"import django; django.setup()\n{code}\nfrom django.core.management import call_command as call"
        )
        code += f"\ncall({command!r}, verbosity=0)"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stderr

    assert run(KILLED)[0] == -9
    status, errors = run("")
    if command == "setup":
        assert status == 0, errors
    else:
        assert "already exists" in errors


def test_a_commit_into_a_file_that_was_replaced_is_refused(on_disk, tmp_path):
    on_disk.set_autocommit(False)
    with on_disk.cursor() as cursor:
        cursor.execute("CREATE TABLE entries (id INTEGER)")
    (tmp_path / "db.sqlite3").rename(tmp_path / "old.sqlite3")
    (tmp_path / "db.sqlite3").touch()
    with pytest.raises(OperationalError, match="was replaced while something was written to it"):
        on_disk.commit()


def test_a_connection_opens_the_file_that_is_there_now(on_disk, tmp_path):
    with on_disk.cursor() as cursor:
        cursor.execute("CREATE TABLE entries (id INTEGER)")
    (tmp_path / "db.sqlite3").rename(tmp_path / "old.sqlite3")
    (tmp_path / "db.sqlite3").touch()
    with on_disk.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
