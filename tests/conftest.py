"""What every test shares."""

import shutil
import threading
from contextlib import closing
from functools import cache

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache as default_cache
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pysqlite3 import dbapi2

from cinemaclips.sqlite.base import base
from contest import triggers
from magazine.roles import apply_roles

# Properties are about answers, not about speed: a busy machine is no counterexample.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix():
    """Each worker is a process with a database in its own memory: no names to keep apart."""


@pytest.fixture(scope="session")
def serialized_cursor():
    """
    The live server's threads share the one connection to the database in memory: they take turns.

    Two that prepare the same statement at once leave it in pysqlite3's cache twice (its size cannot be
    less than five), and from the second time that it falls out every new statement is a KeyError.
    """
    lock = threading.RLock()

    class SerializedCursor(base.SQLiteCursorWrapper):
        def execute(self, *args):
            with lock:
                return super().execute(*args)

        def executemany(self, *args):
            with lock:
                return super().executemany(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "SQLiteCursorWrapper", SerializedCursor)
        yield


@pytest.fixture(scope="session")
def django_db_setup(serialized_cursor, django_db_setup, django_db_blocker):
    """
    The database has the roles of a real site and refuses what it refuses there.

    Only the tests' own flush may empty its tables.
    """
    with django_db_blocker.unblock():
        triggers.install_triggers()
        apply_roles()
    operations, (drop_sql, create_sql) = type(connection.ops), triggers.trigger_sql()
    flush = operations.sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            operations, "sql_flush", lambda *args, **kw: [*drop_sql, *flush(*args, **kw), *create_sql]
        )
        yield


@pytest.fixture(scope="session")
def empty_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """A data folder for processes of their own: a SQLite file with every table and trigger, and nobody's rows."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    with django_db_blocker.unblock(), closing(dbapi2.connect(folder / "db.sqlite3")) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    return folder


@pytest.fixture(autouse=True)
def unhashed_static_files(settings):
    """Static files at their own names, and passwords that hash fast."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def demo_pictures_drawn_once():
    """The demo's fifty pictures come out the same every time: drawn and developed once a worker."""
    from cinemaclips.demo import loading, sections  # noqa: PLC0415 - Django must be ready

    with pytest.MonkeyPatch.context() as patch:
        for module, names in (
            (loading, ("scene", "portrait", "process_image")),
            (sections, ("draw_motif", "process_image")),
        ):
            for name in names:
                patch.setattr(module, name, cache(getattr(module, name)))
        yield


@pytest.fixture(autouse=True)
def page_cache_off(settings):
    """Every page is made for the test that asks; tests/cinemaclips/test_page_cache.py turns the cache on."""
    settings.PAGE_CACHE = False


@pytest.fixture
def page_cache_on(settings):
    """The page cache as readers meet it, empty."""
    settings.PAGE_CACHE = True
    default_cache.clear()
    yield default_cache
    default_cache.clear()


@pytest.fixture(autouse=True)
def temporary_media_folders(settings, tmp_path):
    """Pictures of one test are not there in the next."""
    settings.MEDIA_ROOT, settings.RENDITIONS_ROOT = tmp_path / "media", tmp_path / "prints"
    settings.CARDS_ROOT = tmp_path / "cards"


def pytest_collection_modifyitems(items):
    """The longest test first, so that no worker has to be waited for at the end."""
    items.sort(key=lambda item: "test_postgresql" not in item.nodeid)


def pytest_sessionfinish():
    shutil.rmtree(site_settings.DATA_DIR, ignore_errors=True)
