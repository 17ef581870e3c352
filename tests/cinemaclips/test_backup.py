"""Backups: complete or nothing, verified by restoring them, rotated, restored, and asked for at the desk."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pysqlite3 import dbapi2

from cinemaclips.backup import databases, jobs, making, restored_site, restoring
from cinemaclips.backup.jobs import BackupFailed, back_up
from cinemaclips.backup.making import make_backup, only_one
from cinemaclips.backup.manifest import BrokenBackup, Manifest, Verification, all_backups, damaged_files
from cinemaclips.backup.notices import backup_notices
from cinemaclips.backup.restoring import verify_backup
from cinemaclips.backup.rotation import delete_old_backups, kept_times
from cinemaclips.management.commands import restore, setup
from photos.models import Photo
from tests.factories import make_photo, make_review
from tests.running_site import free_port
from tests.test_postgresql import SERVER, server_answers

NOW = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)


@pytest.fixture
def backups(settings, tmp_path):
    """The folder of the backups of a site in `data`, with a picture and a key."""
    settings.BACKUP_ROOT, settings.DATA_DIR = tmp_path / "backups", tmp_path / "data"
    settings.MEDIA_ROOT, settings.BACKS_UP = tmp_path / "data/media", True
    settings.MEDIA_ROOT.joinpath("masters").mkdir(parents=True)
    settings.MEDIA_ROOT.joinpath("masters/a.jpg").write_bytes(b"a picture")
    settings.DATA_DIR.joinpath("secret_key").write_text("a secret")
    return settings.BACKUP_ROOT


@pytest.fixture
def copied_by_hand(monkeypatch):
    """The database is copied as a small file: a test has it in a transaction, which no other connection sees."""

    def write_small(target):
        with dbapi2.connect(target) as copy:
            copy.execute("CREATE TABLE films_film (id)")
        return {"films_film": 0}

    monkeypatch.setattr(making, "copy_database", write_small)


def make(now=NOW):
    with only_one():
        return make_backup(now)


def test_a_backup_has_everything_with_its_checksum(backups, copied_by_hand, db):
    folder = make()
    manifest = Manifest.read(folder)
    assert folder.name == "2026-11-25T18-30-00Z" and folder == all_backups()[0]
    assert set(manifest.files) == {"db.sqlite3", "media/masters/a.jpg", "secret_key"}
    assert manifest.rows == {"films_film": 0} and not list(damaged_files(folder, manifest))
    assert folder.stat().st_mode & 0o077 == 0


def test_a_picture_that_has_not_changed_takes_no_more_space(backups, copied_by_hand, settings):
    first = make()
    settings.MEDIA_ROOT.joinpath("masters/b.jpg").write_bytes(b"another")
    second = make(NOW + timedelta(hours=1))
    picture = "media/masters/a.jpg"
    assert (first / picture).samefile(second / picture)
    assert not (second / picture).samefile(settings.MEDIA_ROOT / "masters/a.jpg")
    settings.MEDIA_ROOT.joinpath("masters/a.jpg").write_bytes(b"replaced")
    third = make(NOW + timedelta(hours=2))
    assert (third / picture).read_bytes() == b"replaced" and (first / picture).read_bytes() == b"a picture"


def test_a_picture_that_comes_while_the_database_is_copied_is_in_it(backups, monkeypatch, settings):
    def copy_and_add(target):
        settings.MEDIA_ROOT.joinpath("masters/late.jpg").write_bytes(b"late")
        Path(target).touch()
        return {}

    monkeypatch.setattr(making, "copy_database", copy_and_add)
    assert "media/masters/late.jpg" in Manifest.read(make()).files


def test_one_that_was_interrupted_counts_for_nothing_and_goes_with_the_next(
    backups, copied_by_hand, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(making, "copy_database", lambda target: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make()
    assert all_backups() == [] and len(list(backups.glob("*.partial"))) == 1
    make(NOW + timedelta(seconds=1))
    assert len(all_backups()) == 1 and not list(backups.glob("*.partial"))


def test_only_one_process_is_at_work(backups, copied_by_hand):
    with only_one(), pytest.raises(BrokenBackup, match="Another process is at work"), only_one():
        pytest.fail("It was let in.")
    make()
    with pytest.raises(BrokenBackup, match="of this second already"):
        make()


@pytest.mark.parametrize("name", ["manifest.json", "db.sqlite3", "secret_key", "media/masters/a.jpg"])
@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_every_damage_is_found(backups, copied_by_hand, name, harm):
    folder = make()
    (folder / name).unlink() if harm == "gone" else (folder / name).write_bytes(b"{}")
    with pytest.raises(
        BrokenBackup, match="no complete backup" if "manifest" in name else f"{name} (was changed|is missing)"
    ):
        restoring.undamaged_manifest(folder)
    problems = verify_backup(folder, NOW).problems
    assert len(problems) == 1 and Verification.read(folder).problems == problems


def test_24_hours_14_days_and_12_months_are_kept():
    hourly = [NOW - timedelta(hours=hours) for hours in range(24 * 500)]
    kept = kept_times(hourly)
    assert {NOW - timedelta(hours=hours) for hours in range(24)} <= kept
    assert {f"{day:%m-%d}" for day in kept if day > NOW - timedelta(days=14)} == {
        f"{NOW - timedelta(days=days):%m-%d}" for days in range(14)
    }
    assert len({f"{time:%Y-%m}" for time in kept}) == 12 and len(kept) < 24 + 14 + 12
    assert kept_times([]) == set() and kept_times([NOW]) == {NOW}


def test_the_newest_that_was_restored_is_kept_whatever_its_age(backups, copied_by_hand):
    proven = make(NOW - timedelta(days=900))
    Verification(NOW.isoformat(), []).write(proven)
    old = make(NOW - timedelta(days=899))
    for month in range(13):
        make(NOW - timedelta(days=31 * month))
    for hour in range(40):
        make(NOW - timedelta(hours=hour, seconds=1))
    deleted = delete_old_backups()
    assert old in deleted and proven not in deleted and proven.exists() and not old.exists()
    (backups / "notes").mkdir()
    (backups / "notes/manifest.json").write_text("{}")
    delete_old_backups()
    assert (backups / "notes").exists()  # what we have not made is not ours to delete


def test_the_desk_asks_for_a_backup_that_can_be_restored(backups, copied_by_hand, settings):
    assert [notice.heading for notice in backup_notices(NOW)] == ["There is no backup"]
    folder = make()
    assert [notice.heading for notice in backup_notices(NOW)] == ["No backup of the last day can be restored"]
    Verification(NOW.isoformat(), ["films_film has 3 rows instead of 4."]).write(folder)
    notice = backup_notices(NOW)[0]
    assert notice.sentences[0] == "films_film has 3 rows instead of 4." and notice.since == NOW
    Verification(NOW.isoformat(), []).write(folder)
    assert backup_notices(NOW + timedelta(hours=25)) == []
    assert backup_notices(NOW + timedelta(hours=27))[0].since == NOW
    settings.BACKS_UP = False
    assert backup_notices(NOW + timedelta(days=9)) == []


class Started:
    """A process that makes a backup, as `back_up` sees it."""

    def __init__(self, command, **options):
        self.command, self.returncode = command, None

    def poll(self):
        return self.returncode


@pytest.fixture
def started(monkeypatch, backups, copied_by_hand):
    monkeypatch.setattr(jobs, "running", [])
    monkeypatch.setattr(jobs.subprocess, "Popen", Started)
    return jobs.running


def test_the_worker_starts_a_backup_each_hour_and_verifies_one_a_day(started, settings):
    back_up()
    assert started[0].command[2:] == ["backup", "--quiet", "--verify"]
    back_up()
    assert len(started) == 1  # it is under way

    now = timezone.now()
    Verification(now.isoformat(), []).write(make(now - timedelta(hours=2)))
    started[0].returncode = 0
    back_up()
    assert started[0].command[2:] == ["backup", "--quiet"]
    make(now)
    started[0].returncode = 0
    back_up()
    assert started == []

    settings.BACKS_UP = False
    shutil.rmtree(settings.BACKUP_ROOT)
    back_up()
    assert started == []


def test_a_backup_that_fails_is_a_job_that_fails_and_is_tried_again(started):
    back_up()
    started[0].returncode = 1
    with pytest.raises(BackupFailed):
        back_up()
    assert started[0].returncode is None


def test_before_a_migration_a_magazine_is_backed_up_and_a_new_one_is_not(settings, monkeypatch, db):
    called = []
    monkeypatch.setattr(setup, "call_command", lambda *words, **options: called.append(words))
    settings.BACKS_UP = True
    setup.back_up_before_migration()
    settings.BACKS_UP = False
    setup.back_up_before_migration()
    assert called == [("backup",)]


@pytest.fixture
def scratch(first_run, tmp_path):
    """A data folder with the demo magazine, and a way to run commands on it as its owner does."""
    data = shutil.copytree(first_run.folder, tmp_path / "data")

    def command(*words, data=data, **variables):
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        environment |= {
            "DATA_DIR": str(data),
            "BACKUP_ROOT": str(tmp_path / "backups"),
            "PORT": str(free_port()),
        }
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=site_settings.BASE_DIR,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return SimpleNamespace(data=data, command=command, backups=tmp_path / "backups", root=tmp_path)


def titles(data):
    with dbapi2.connect(data / "db.sqlite3") as database:
        return {title for (title,) in database.execute("SELECT title FROM magazine_article")}


def test_a_backup_is_made_verified_and_restored_in_place_and_elsewhere(scratch):
    made = scratch.command("backup", "--verify")
    assert made.returncode == 0 and "is complete and can be restored." in made.stdout
    assert "restored without a problem" in scratch.command("backup", "--list").stdout
    before = titles(scratch.data)
    with dbapi2.connect(scratch.data / "db.sqlite3") as database:
        database.execute("UPDATE magazine_article SET title = 'Gone'")

    refused = scratch.command("restore", "latest")
    assert refused.returncode == 1 and "--replace sets it aside" in refused.stderr
    done = scratch.command("restore", "latest", "--replace")
    assert done.returncode == 0, done.stderr
    assert titles(scratch.data) == before
    aside = next(scratch.data.glob("replaced-*"))
    assert titles(aside) == {"Gone"} and str(aside) in done.stdout

    elsewhere = scratch.root / "elsewhere"
    assert scratch.command("restore", str(next(scratch.backups.glob("2*"))), data=elsewhere).returncode == 0
    assert titles(elsewhere) == before
    assert (elsewhere / "secret_key").read_text() == (scratch.data / "secret_key").read_text()
    assert "no issues" in scratch.command("check", "--database", "default", data=elsewhere).stdout


def test_a_restored_site_with_a_row_too_few_is_red(scratch):
    scratch.command("backup")
    folder = next(scratch.backups.glob("2*"))
    whole = scratch.command("verify_restored", str(folder))
    assert (whole.returncode, whole.stdout) == (0, "")

    with dbapi2.connect(scratch.data / "db.sqlite3") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM magazine_byline WHERE id = (SELECT min(id) FROM magazine_byline)")
        database.execute("DELETE FROM photos_photo WHERE id = (SELECT min(id) FROM photos_photo)")
    problems = scratch.command("verify_restored", str(folder)).stdout
    assert "magazine_byline has " in problems and "photos_photo has " in problems
    assert "refers to a missing row of photos_photo." in problems


def test_a_restored_site_that_cannot_be_opened_is_a_problem(backups, copied_by_hand):
    problems = verify_backup(make(), NOW).problems
    assert len(problems) == 1 and problems[0].startswith("The restored site cannot be opened: ")


def test_missing_pictures_and_pages_that_fail_are_found(db, monkeypatch, settings, tmp_path):
    make_review(lead_photo=make_photo())
    photo = make_photo()
    Photo.objects.filter(pk=photo.pk).update(master="masters/gone.jpg")
    monkeypatch.setattr(restored_site, "_paths", lambda: {"/", "/no-such-page/"})
    problems = list(restored_site.find_problems(Manifest("", "db.sqlite3", {"photos_photo": 2, "gone": 1})))
    assert problems == [
        "gone has no rows instead of 1.",
        f"The file of picture {photo.pk} is missing.",
        "/no-such-page/ is answered with status 404.",
    ]


def test_damage_in_the_file_is_named(db, monkeypatch):
    answers = {
        "PRAGMA integrity_check(20)": [("row 7 missing from index",), ("ok",)],
        "PRAGMA foreign_key_check": [("a", 1, "b", 0)],
    }

    class Cursor:
        def execute(self, statement):
            self.statement = statement

        def fetchall(self):
            return answers[self.statement]

        __enter__ = lambda self: self  # noqa: E731
        __exit__ = lambda self, *error: None  # noqa: E731

    monkeypatch.setattr(restored_site, "connection", SimpleNamespace(vendor="sqlite", cursor=Cursor))
    assert list(restored_site._damage()) == [
        "SQLite: row 7 missing from index.",
        "A row of a refers to a missing row of b.",
    ]
    monkeypatch.setattr(restored_site, "connection", SimpleNamespace(vendor="postgresql"))
    assert list(restored_site._damage()) == []


def test_every_section_is_asked_for_its_first_page_and_its_newest_piece(db):
    review = make_review()
    assert {"/", "/reviews/", "/contest/", review.get_absolute_url()} <= restored_site._paths()


def test_a_restore_that_fails_on_the_way_puts_everything_back(backups, copied_by_hand, settings, monkeypatch):
    folder = make()
    (settings.DATA_DIR / "db.sqlite3").write_text("the old one")
    monkeypatch.setattr(
        restore,
        "connection",
        SimpleNamespace(
            vendor="sqlite", settings_dict={"NAME": settings.DATA_DIR / "db.sqlite3"}, close=lambda: None
        ),
    )

    def full(*args, **options):
        (settings.DATA_DIR / "db.sqlite3").write_text("half")
        raise OSError("No space left on device")

    monkeypatch.setattr(restore, "write_files", full)
    monkeypatch.setattr(restore, "refuse_if_running", lambda: None)
    with pytest.raises(CommandError, match="Nothing was restored. No space left"):
        call_command("restore", folder.name, replace=True)
    assert (settings.DATA_DIR / "db.sqlite3").read_text() == "the old one"
    assert (settings.MEDIA_ROOT / "masters/a.jpg").exists() and not list(settings.DATA_DIR.glob("replaced-*"))


def test_a_running_site_and_an_unknown_name_are_refused(backups, copied_by_hand, live_server, settings):
    make()
    with pytest.raises(
        CommandError, match="There is no backup tuesday. The newest are: 2026-11-25T18-30-00Z."
    ):
        call_command("restore", "tuesday")
    settings.HOST, settings.PORT = live_server.thread.host, str(live_server.thread.port)
    with pytest.raises(CommandError, match="The site is running"):
        call_command("restore", "latest")


def test_the_command_says_what_is_wrong(backups, copied_by_hand, monkeypatch, capsys):
    monkeypatch.setattr(
        "cinemaclips.management.commands.backup.verify_backup",
        lambda folder, now: Verification("", ["Broken."]),
    )
    with pytest.raises(CommandError, match="cannot be restored. Broken."):
        call_command("backup", verify=True)
    monkeypatch.setattr(
        "cinemaclips.management.commands.backup.make_backup",
        lambda now: (_ for _ in ()).throw(OSError("disk full")),
    )
    with pytest.raises(CommandError, match="No backup was made. disk full"):
        call_command("backup")


def test_a_backup_of_another_kind_of_database_is_refused(backups, copied_by_hand, monkeypatch):
    make()
    monkeypatch.setattr(restore, "refuse_if_running", lambda: None)
    monkeypatch.setattr(restore, "database_file", lambda: "database.dump")
    with pytest.raises(CommandError, match="another kind of database"):
        call_command("restore", "latest")


def test_a_program_that_is_missing_or_fails_is_named(monkeypatch):
    server = {"NAME": "x", "HOST": "127.0.0.1", "PORT": "1", "USER": "nobody", "PASSWORD": ""}
    with pytest.raises(BrokenBackup, match="pg_nothing is not installed"):
        databases._run(["pg_nothing"], server)
    with pytest.raises(BrokenBackup, match="false failed"):
        databases._run(["false"], server)


@pytest.mark.timeout(300)
def test_postgresql_is_backed_up_verified_and_restored(scratch):
    if not server_answers() or not shutil.which("pg_dump"):
        pytest.skip(f"No PostgreSQL answers at {SERVER}, or pg_dump is not installed.")
    name = "backup_test"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    url = SERVER.rsplit("/", 1)[0] + f"/{name}"
    data = scratch.root / "server"
    try:
        assert scratch.command("setup", data=data, DATABASE_URL=url).returncode == 0
        made = scratch.command("backup", "--verify", data=data, DATABASE_URL=url)
        assert made.returncode == 0, made.stderr
        with psycopg.connect(url, autocommit=True) as database:
            pages = database.execute("SELECT count(*) FROM magazine_staticpage").fetchone()
            database.execute("DELETE FROM magazine_staticpage")
        assert scratch.command("restore", "latest", data=data, DATABASE_URL=url).returncode == 1
        done = scratch.command("restore", "latest", "--replace", data=data, DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url, autocommit=True) as database:
            assert database.execute("SELECT count(*) FROM magazine_staticpage").fetchone() == pages
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            leftover = server.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [f"{name}_restore_test"]
            ).fetchone()
    assert leftover is None


def test_rows_are_counted_alike_in_the_database_and_in_its_copy(transactional_db, tmp_path):
    make_photo()
    assert databases.copy_database(tmp_path / "copy.sqlite3") == databases.count_rows()
    assert databases.count_rows()["photos_photo"] == 1 and connection.vendor == "sqlite"
