"""
Counts cache generations, by which the page cache notices that something has changed.

Every change to a row that a public page may show adds one to the number in `CacheGeneration`. Database
triggers do this, in the transaction of the change, so that no way of writing (the admin, a command,
another process, plain SQL) can forget it. A model whose rows no public page shows declares
`affects_pages = False`; its table gets no trigger, and writing to it keeps the cached pages.
"""

from django.apps import apps
from django.db import connection, models

from cinemaclips.models import CacheGeneration
from magazine.database_triggers import Trigger, TriggerGroup, register

TABLE = CacheGeneration._meta.db_table
# Django's own bookkeeping, such as sessions and the log of the admin; no public page shows it.
APPS_WITHOUT_PAGES = {"admin", "auth", "contenttypes", "sessions"}
INCREMENT = f"UPDATE {TABLE} SET generation = generation + 1"  # noqa: S608
SELECT_GENERATION = f"SELECT generation FROM {TABLE}"  # noqa: S608

CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION increment_cache_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {TABLE} SET generation = generation + 1, transaction_id = pg_current_xact_id()::text
        WHERE transaction_id <> pg_current_xact_id()::text;
    RETURN NULL;
END $$
"""  # noqa: S608 - built from this module's own names only


def models_on_pages() -> list[type[models.Model]]:
    """Every model whose rows a public page may show, with the automatic many-to-many models."""
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
    """The triggers on the tables of `models_on_pages()`, for a `vendor` ("sqlite" or "postgresql")."""
    triggers_of = _sqlite_triggers if vendor == "sqlite" else _postgresql_triggers
    return [trigger for model in models_on_pages() for trigger in triggers_of(model._meta.db_table)]


def create_first_row(created: set[str]) -> None:
    """Create the one row of `CacheGeneration` that the triggers update, unless it exists."""
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
    One trigger for `table` that is deferred to the commit and counts each transaction once.

    The one row of `CacheGeneration` is then locked during the commit only. Two editors who save at the
    same time do not wait for each other's transaction and cannot deadlock.
    """
    sql = (
        f'CREATE CONSTRAINT TRIGGER "cache_generation_{table}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION increment_cache_generation()"
    )
    return [Trigger(f"cache_generation_{table}", table, sql, CREATE_FUNCTION)]


GENERATION_TRIGGERS = register(
    TriggerGroup("cache_generation_", generation_triggers, create_first_row, needs_table=TABLE)
)
