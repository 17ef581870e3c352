"""Fixtures and settings of all tests."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core import management
from django.core.cache import cache as default_cache
from django.db import connection
from django.test import utils as test_utils
from hypothesis import settings as hypothesis_settings
from pysqlite3 import dbapi2

from contest.triggers import CONTEST_TRIGGERS
from magazine.database_triggers import drop_statements
from magazine.roles import apply_roles
from tests.running_site import run_for_the_first_time

TEMPLATES = Path(site_settings.BASE_DIR, ".pytest_cache", "empty-databases")

# Hypothesis must not fail for slowness: a busy machine is no counterexample.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """
    The test database is a file in the worker's own data folder, as on a real site.

    In memory, the threads of the live server would share one connection, and with it one transaction.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(site_settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session")
def migrated_once_per_version():
    """
    Migrate the empty test database once for each version of the code, and copy it from then on.

    Migrations take most of the time before the first test. The copy is in `.pytest_cache`, under a name with
    the hash of all code that can change it. Workers that start together wait for the first one to make it.
    """
    call_command = management.call_command
    template = TEMPLATES / f"{code_digest()}.sqlite3"
    TEMPLATES.mkdir(parents=True, exist_ok=True)

    def migrate_or_copy(command, *args, **options):
        if not options.get("run_syncdb") or connection.vendor != "sqlite":  # only the test database itself
            return call_command(command, *args, **options)
        with open(TEMPLATES / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection.ensure_connection()
            if template.exists():
                copy_database(template, connection.connection)
                return None
            call_command(command, *args, **options)
            for outdated in TEMPLATES.glob("*.sqlite3"):
                outdated.unlink()
            with closing(dbapi2.connect(template.with_suffix(".unfinished"))) as file:
                connection.connection.backup(file)
            template.with_suffix(".unfinished").rename(template)
            return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", migrate_or_copy)
        yield


def copy_database(path, target):
    """Copy the SQLite file at `path` over the open connection `target`."""
    with closing(dbapi2.connect(path)) as file:
        file.backup(target)


def code_digest():
    """The SHA-256 of every Python file outside tests and of the pinned packages."""
    root = Path(site_settings.BASE_DIR)
    digest = hashlib.sha256(root.joinpath("requirements.txt").read_bytes())
    for path in sorted(root.glob("[!.]*/**/*.py")):
        if path.relative_to(root).parts[0] not in ("tests", "bench", "var"):
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def database_for_every_selection():
    """A test database is made even if no selected test asks for one: `empty_site` copies it."""
    setup = test_utils.setup_databases
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            test_utils, "setup_databases", lambda *words, aliases, **options: setup(*words, **options)
        )
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    database_for_every_selection, migrated_once_per_version, django_db_setup, django_db_blocker
):
    """
    Set up the roles and triggers of a real site in the test database.

    Only the flush after a test with transactions may empty tables that triggers protect.
    """
    with django_db_blocker.unblock():
        apply_roles()
    operations = type(connection.ops)
    flush = operations.sql_flush

    def drop_guards_and_flush(*args, **options):
        """Drop the triggers and flush; `flush` sends `post_migrate`, which installs them again."""
        return [*drop_statements(CONTEST_TRIGGERS), *flush(*args, **options)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", drop_guards_and_flush)
        yield


class LimitedProcess(subprocess.Popen):
    """A Popen that waits at most `LIMIT` seconds unless a timeout is given."""

    LIMIT = 120
    running = set()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.has_group = options.get("start_new_session", False)
        self.running.add(self)

    def wait(self, timeout=None):
        return super().wait(self.LIMIT if timeout is None else timeout)

    def communicate(self, input=None, timeout=None):
        return super().communicate(input, self.LIMIT if timeout is None else timeout)

    def end(self):
        """Kill the process, or its group if it has one of its own."""
        if self.poll() is None:
            os.killpg(self.pid, signal.SIGKILL) if self.has_group else self.kill()
            self.wait()
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream:
                stream.close()


def end_processes_started_in_block():
    """Kill all processes that were started in this block. For fixtures."""
    before = set(LimitedProcess.running)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", LimitedProcess)
        yield
    for process in LimitedProcess.running - before:
        process.end()
        LimitedProcess.running.discard(process)


@pytest.fixture(scope="module", autouse=True)
def processes_of_a_module_end_with_it():
    yield from end_processes_started_in_block()


@pytest.fixture(autouse=True)
def processes_of_a_test_end_with_it(processes_of_a_module_end_with_it):
    yield from end_processes_started_in_block()


@pytest.fixture(scope="session")
def empty_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """A data folder for child processes, with a SQLite file that has all tables and triggers and no rows."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    with django_db_blocker.unblock(), closing(dbapi2.connect(folder / "db.sqlite3")) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    return folder


@pytest.fixture(scope="session")
def first_run(tmp_path_factory):
    """What `manage.py run --demo` left on an empty folder, once for all test processes (tests/running_site.py)."""
    return run_for_the_first_time(tmp_path_factory)


@pytest.fixture(autouse=True)
def unhashed_static_files(settings):
    """Serve static files without hashes in their names, and use a fast password hasher."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def demo_pictures_drawn_once():
    """Draw and process the demo's pictures once per worker, since they are always the same."""
    from cinemaclips.demo import pieces, records, rows, sections  # noqa: PLC0415 - Django must be ready

    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (pieces, "scene"),
            (records, "portrait"),
            (sections, "draw_motif"),
            (rows, "process_image"),
        ):
            patch.setattr(module, name, cache(getattr(module, name)))
        yield


@pytest.fixture(autouse=True)
def page_cache_off(settings):
    """Turn the page cache off; tests of the cache turn it on with `page_cache_on`."""
    settings.PAGE_CACHE, settings.SAVED_PAGES = False, None


@pytest.fixture
def page_cache_on(settings):
    """Turn the page cache on, empty."""
    settings.PAGE_CACHE = True
    default_cache.clear()
    yield default_cache
    default_cache.clear()


@pytest.fixture(autouse=True)
def temporary_media_folders(settings, tmp_path):
    """Give every test empty folders for photos, renditions and share cards."""
    settings.MEDIA_ROOT, settings.RENDITIONS_ROOT = tmp_path / "media", tmp_path / "prints"
    settings.CARDS_ROOT = tmp_path / "cards"


def pytest_collection_modifyitems(items):
    """Run the longest test first, so that no worker is still busy with it at the end."""
    items.sort(key=lambda item: "test_postgresql" not in item.nodeid)


def pytest_sessionfinish():
    shutil.rmtree(site_settings.DATA_DIR, ignore_errors=True)
