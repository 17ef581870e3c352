"""
Counts cache generations, by which the page cache notices that something has changed.

Every change to a row that a public page may show adds one to the number in `CacheGeneration`. Database
triggers do this, in the transaction of the change, so that no way of writing (the admin, a command,
another process, plain SQL) can forget it. A model whose rows no public page shows declares
`affects_pages = False`; its table gets no trigger, and writing to it keeps the cached pages.

A change that may take something from readers is a withdrawal: a row is deleted, or a field changes that the
model lists in `withdrawal_fields` (a piece is unpublished, a request hidden, a right shortened). Other
triggers count withdrawals; see `cinemaclips.saved_pages`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.apps import apps
from django.db import connection, models

from cinemaclips.models import CacheGeneration
from magazine.database_triggers import Trigger, TriggerGroup, register

TABLE = CacheGeneration._meta.db_table
# Django's own bookkeeping, such as sessions and the log of the admin; no public page shows it.
APPS_WITHOUT_PAGES = {"admin", "auth", "contenttypes", "sessions"}
INCREMENT = f"UPDATE {TABLE} SET generation = generation + 1"  # noqa: S608
COUNT_WITHDRAWAL = f"UPDATE {TABLE} SET withdrawals = withdrawals + 1"  # noqa: S608
SELECT_GENERATION = f"SELECT generation, withdrawals FROM {TABLE}"  # noqa: S608

CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION increment_cache_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {TABLE} SET generation = generation + 1, transaction_id = pg_current_xact_id()::text
        WHERE transaction_id <> pg_current_xact_id()::text;
    RETURN NULL;
END $$
"""  # noqa: S608 - built from this module's own names only


COUNT_WITHDRAWAL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION count_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {COUNT_WITHDRAWAL};
    RETURN NULL;
END $$
"""


class Generation(NamedTuple):
    """What the one row says: the cache generation, and the number of withdrawals so far."""

    number: int
    withdrawals: int


def models_on_pages() -> list[type[models.Model]]:
    """Every model whose rows a public page may show, with the automatic many-to-many models."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in APPS_WITHOUT_PAGES and getattr(model, "affects_pages", True)
    ]


def current_generation() -> Generation:
    """The current cache generation and the number of withdrawals. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT_GENERATION)
        return Generation(*cursor.fetchone())


def generation_triggers(vendor: str) -> list[Trigger]:
    """The triggers that count generations and withdrawals, for a `vendor` ("sqlite" or "postgresql")."""
    is_sqlite = vendor == "sqlite"
    triggers_of = _sqlite_triggers if is_sqlite else _postgresql_triggers
    withdrawal_of = _sqlite_trigger_of_withdrawal if is_sqlite else _postgresql_trigger_of_withdrawal
    on_pages = models_on_pages()
    generations = [trigger for model in on_pages for trigger in triggers_of(model._meta.db_table)]
    return generations + [
        withdrawal_of(model._meta.db_table, name, event, condition)
        for model in apps.get_models(include_auto_created=True)
        for name, event, condition in _withdrawals_of(model, is_on_pages=model in on_pages)
    ]


def _withdrawals_of(model: type[models.Model], *, is_on_pages: bool) -> Iterator[tuple[str, str, str]]:
    """(name, event, SQL condition) of the triggers that count the withdrawals in a model's table."""
    if is_on_pages:
        yield "delete", "DELETE", ""
    own_fields = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    columns = [column for name, column in own_fields.items() if name in _withdrawal_fields(model)]
    if columns:
        changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
        yield "change", f"UPDATE OF {', '.join(columns)}", changed


def _withdrawal_fields(model: type[models.Model]) -> Sequence[str]:
    return getattr(model, "withdrawal_fields", ())


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


def _sqlite_trigger_of_withdrawal(table: str, name: str, event: str, condition: str) -> Trigger:
    name = f"cache_generation_{table}_withdrawal_{name}"
    when = f"WHEN {condition} " if condition else ""
    sql = f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" {when}BEGIN {COUNT_WITHDRAWAL}; END'
    return Trigger(name, table, sql)


def _postgresql_trigger_of_withdrawal(table: str, name: str, event: str, condition: str) -> Trigger:
    """Deferred to the commit, as the trigger below."""
    name = f"cache_generation_{table}_withdrawal_{name}"
    when = f"WHEN ({condition}) " if condition else ""
    sql = (
        f'CREATE CONSTRAINT TRIGGER "{name}" AFTER {event} ON "{table}" '
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when}EXECUTE FUNCTION count_withdrawal()"
    )
    return Trigger(name, table, sql, COUNT_WITHDRAWAL_FUNCTION)


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
