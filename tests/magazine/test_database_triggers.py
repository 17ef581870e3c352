"""All database triggers are installed after every migration, and a missing one is an error at start."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from cinemaclips import cache_generation
from cinemaclips.models import CacheGeneration
from contest.triggers import CONTEST_TRIGGERS
from magazine import database_triggers
from magazine.models import Article, Pin
from magazine.search import index
from tests.factories import make_review


def trigger_tables():
    """The table of every trigger in the database, by the trigger's name."""
    with connection.cursor() as cursor:
        cursor.execute(database_triggers.SELECT_TRIGGERS[connection.vendor])
        return {name: table for name, table, _ in cursor.fetchall()}


def drop(name):
    on_table = f' ON "{trigger_tables()[name]}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on_table}')


def rebuild_tables(tables):
    """
    Do what an ordinary `AlterField` does on SQLite: a new table, the rows copied, the old table dropped.

    PostgreSQL alters tables in place. There the triggers are dropped by hand.
    """
    if connection.vendor == "postgresql":
        for name in trigger_tables():
            drop(name)
        return
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table in sorted(tables):
        with connection.schema_editor() as editor:
            editor._remake_table(models[table])


@pytest.mark.django_db(transaction=True)
def test_every_trigger_is_there_after_every_table_was_rebuilt():
    make_review(title="Alpha").index()
    before = trigger_tables()
    assert {"magazine_article", "contest_entry", "contest_freeze"} <= set(before.values())
    # contest_freeze is named by triggers of other tables, the generation's table by nearly all of them.
    rebuild_tables({cache_generation.TABLE, *before.values()})
    assert not trigger_tables()

    call_command("migrate", verbosity=0)

    assert trigger_tables() == before
    assert index.is_complete()
    assert Article.objects.with_title_words(["alpha"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_column_that_a_trigger_reads_can_be_removed():
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL's triggers call functions, which no column waits for.")

    class Undone(Exception):
        """Ends the block, so that the column comes back."""

    contest = apps.get_model("contest.Contest")
    with pytest.raises(Undone), connection.schema_editor() as editor:
        editor.remove_field(contest, contest._meta.get_field("sponsor"))
        assert "contest_contest" not in trigger_tables().values()
        raise Undone
    connection.enable_constraint_checking()
    assert "contest_contest" in trigger_tables().values()


@pytest.mark.parametrize(
    "name", ["contest_entry_delete", "contest_rules_update", "cache_generation_films_film{}"]
)
def test_a_missing_trigger_is_an_error(db, name):
    name = name.format("_update" if connection.vendor == "sqlite" else "")
    call_command("check", databases=["default"])
    drop(name)

    with pytest.raises(SystemCheckError, match=f"The database lacks the trigger {name}."):
        call_command("check", databases=["default"])
    call_command("check")  # without --database it runs no database checks


def test_an_outdated_trigger_is_an_error_until_the_next_migration(db, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no statement to compare. Its functions are replaced at each migration.")
    name = "contest_rules_update"
    drop(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON contest_rules BEGIN SELECT 1; END")
    assert database_triggers.missing_triggers() == [name]

    database_triggers.install_triggers()

    assert database_triggers.missing_triggers() == []


def test_a_table_that_is_no_longer_on_pages_loses_its_triggers(monkeypatch, db):
    monkeypatch.setattr(Pin, "affects_pages", False, raising=False)
    database_triggers.install_triggers()

    assert "magazine_pin" not in trigger_tables().values()


def test_setup_installs_a_missing_trigger(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DATA_DIR = tmp_path
    drop("contest_entry_delete")

    call_command("setup")

    assert "contest_entry_delete" in trigger_tables()


def test_another_database_gets_no_triggers(db):
    drop("contest_entry_delete")
    database_triggers.install_triggers(using="other")

    assert "contest_entry_delete" not in trigger_tables()


def test_nothing_is_missing_before_the_first_migration(db, monkeypatch):
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda self: [])

    assert database_triggers.missing_triggers() == []


def test_without_triggers_installs_them_again_at_its_end(db):
    before = trigger_tables()
    database_triggers.drop_triggers(CONTEST_TRIGGERS)
    assert not any(name.startswith("contest_") for name in trigger_tables())
    database_triggers.install_group(CONTEST_TRIGGERS)

    assert trigger_tables() == before


def test_the_row_of_the_cache_generation_is_kept_and_recreated(db):
    CacheGeneration.objects.update(generation=7)
    database_triggers.install_triggers()
    assert cache_generation.current_generation().number == 7

    CacheGeneration.objects.all().delete()
    database_triggers.install_triggers()
    assert str(CacheGeneration.objects.get()) == "1"


@pytest.fixture
def times_built(monkeypatch):
    """A list that grows by one each time the search index is built."""
    built, build = [], index.build_index
    monkeypatch.setattr(index, "build_index", lambda: built.append(build()))
    return built


def test_a_complete_index_is_not_built_again(db, times_built):
    make_review(title="Alpha").index()
    database_triggers.install_triggers()

    assert times_built == []


def test_a_lost_index_is_an_error_and_built_again(db, times_built):
    make_review(title="Alpha").index()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TABLE {index.TABLE}")
        else:
            cursor.execute("DROP INDEX article_search_words")
    assert database_triggers.missing_triggers() == ["article_words_ (the search index)"]
    database_triggers.install_triggers()

    assert len(times_built) == 1
    assert Article.objects.with_title_words(["alpha"]).count() == 1


def test_an_index_that_lacks_a_piece_is_built_again(db, times_built):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL's generated column is always complete.")
    review = make_review(title="Alpha")
    review.index()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {index.TABLE} ({index.TABLE}, rowid, search_title, search_text) "  # noqa: S608
            "SELECT 'delete', id, search_title, search_text FROM magazine_article"
        )
    assert not index.is_complete()
    database_triggers.install_triggers()

    assert len(times_built) == 1 and index.is_complete()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite keeps the statement; see test_tampering."
)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE OR REPLACE FUNCTION contest_ticket() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "ALTER TABLE contest_entry DISABLE TRIGGER contest_ticket",
        "DROP TRIGGER contest_ticket ON contest_entry; CREATE TRIGGER contest_ticket BEFORE UPDATE ON contest_entry "
        "FOR EACH ROW WHEN (false) EXECUTE FUNCTION contest_ticket()",
        "DROP TRIGGER contest_ticket ON contest_entry; CREATE TRIGGER contest_ticket BEFORE DELETE ON contest_entry "
        "FOR EACH ROW EXECUTE FUNCTION contest_ticket()",
    ],
)
def test_postgresql_finds_a_trigger_that_was_changed_and_installs_it_again(db, statement):
    assert database_triggers.missing_triggers() == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert database_triggers.missing_triggers() == ["contest_ticket"]
    database_triggers.install_triggers()
    assert database_triggers.missing_triggers() == []
