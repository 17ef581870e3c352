"""
How the page cache knows that something has changed: the database counts generations.

Every change to what readers can see starts a new cache generation. The database itself counts them, by
triggers on every table that a page is made from, in the transaction of the change, so that no way
of writing (the desk, a command, another process, plain SQL) can forget it. Tables that no page
shows say so with `affects_pages = False` on their model, and may be written as often as they like.
"""

from django.apps import apps
from django.db import connection, models

from cinemaclips.models import CacheGeneration
from magazine.database_triggers import Trigger, TriggerGroup, register

TABLE = CacheGeneration._meta.db_table
# Django's own bookkeeping: who is signed in, and what the desk has done.
APPS_WITHOUT_PAGES = {"admin", "auth", "contenttypes", "sessions"}
INCREMENT = f"UPDATE {TABLE} SET generation = generation + 1"  # noqa: S608
SELECT_GENERATION = f"SELECT generation FROM {TABLE}"  # noqa: S608

CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION increment_cache_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {TABLE} SET generation = generation + 1, transaction_id = pg_current_xact_id()::text
        WHERE transaction_id <> pg_current_xact_id()::text;
    RETURN NULL;
END $$
"""  # noqa: S608 - put together from this module's own names


def models_on_pages() -> list[type[models.Model]]:
    """Every model that a page is made from, the automatic many-to-many models included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in APPS_WITHOUT_PAGES and getattr(model, "affects_pages", True)
    ]


def current_generation() -> int:
    """The number of the current cache generation. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT_GENERATION)
        return cursor.fetchone()[0]


def generation_triggers(vendor: str) -> list[Trigger]:
    """The triggers on every table that a page is made from."""
    triggers_of = _sqlite_triggers if vendor == "sqlite" else _postgresql_triggers
    return [trigger for model in models_on_pages() for trigger in triggers_of(model._meta.db_table)]


def create_first_row(created: set[str]) -> None:
    """Create the one row that the triggers count in, unless it is there."""
    CacheGeneration.objects.get_or_create(pk=1)


def _sqlite_triggers(table: str) -> list[Trigger]:
    return [
        Trigger(
            name := f"cache_generation_{table}_{change.lower()}",
            table,
            f'CREATE TRIGGER "{name}" AFTER {change} ON "{table}" BEGIN {INCREMENT}; END',
        )
        for change in ("INSERT", "UPDATE", "DELETE")
    ]


def _postgresql_triggers(table: str) -> list[Trigger]:
    """
    One trigger that fires at the commit, once per transaction.

    The one row is locked for that moment only, so that two editors who save at once neither wait for
    each other's work nor lock each other out.
    """
    sql = (
        f'CREATE CONSTRAINT TRIGGER "cache_generation_{table}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION increment_cache_generation()"
    )
    return [Trigger(f"cache_generation_{table}", table, sql, CREATE_FUNCTION)]


GENERATION_TRIGGERS = register(
    TriggerGroup("cache_generation_", generation_triggers, create_first_row, needs_table=TABLE)
)
