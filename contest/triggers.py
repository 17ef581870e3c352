"""
What the database itself refuses, by triggers, whoever asks and by whatever way.

The record, the frozen list, the numbers and the outcome are written once. Once a contest's opening
stands in its record, its terms stay. An entry's ticket, weight and rank are set once, and after the
freeze no entry disappears: it can only be emptied of its person.

They are set up like the triggers of the page cache: at every set-up, since a rebuilt table loses its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from contest.models.contests import frozen_columns

HAS_OPENED_SQL = (
    "EXISTS (SELECT 1 FROM contest_auditevent WHERE contest_id = {row}.{contest} AND kind = 'opened')"
)
IS_FROZEN_SQL = "EXISTS (SELECT 1 FROM contest_freeze WHERE contest_id = OLD.contest_id)"
IMMUTABLE_TABLES = ["auditevent", "freeze", "reading", "outcome", "rules", "amendment"]
TERM_TABLES = {"prize": "contest_id", "source": "contest_id", "contest_regions": "contest_id"}
TERMS_STAY = "The contest has opened: its terms stay. Add a dated notice instead."


def triggers() -> Iterator[tuple[str, str, str, str, str]]:
    """(name, table, what and when, condition or "", sentence) of each trigger."""
    for table in IMMUTABLE_TABLES:
        for action in ("UPDATE", "DELETE"):
            yield (
                f"{table}_{action.lower()}",
                table,
                f"BEFORE {action}",
                "",
                "What is on record stays as it is.",
            )
    changed = " OR ".join(f"{_changes_sql(column)}" for column in frozen_columns())
    opened = HAS_OPENED_SQL.format(row="OLD", contest="article_ptr_id")
    yield "terms", "contest", "BEFORE UPDATE", f"{opened} AND ({changed})", TERMS_STAY
    for table, column in TERM_TABLES.items():
        for action, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            condition = HAS_OPENED_SQL.format(row=row, contest=column)
            yield f"{table}_{action.lower()}", table, f"BEFORE {action}", condition, TERMS_STAY
    changes_once_set = " OR ".join(
        f"(OLD.{column} <> {empty} AND {_changes_sql(column)})" for column, empty in SET_ONCE_COLUMNS.items()
    )
    yield (
        "ticket",
        "entry",
        "BEFORE UPDATE",
        changes_once_set,
        "A ticket, its weight and its rank are set once.",
    )
    yield (
        "entry_delete",
        "entry",
        "BEFORE DELETE",
        CONFIRMED_AND_FROZEN_SQL,
        "The list is frozen: an entry is erased, not deleted.",
    )
    yield (
        "late_entry",
        "entry",
        "BEFORE UPDATE",
        CONFIRMED_AFTER_FREEZE_SQL,
        "The list is frozen: nobody can come into it.",
    )


SET_ONCE_COLUMNS = {"ticket": "''", "weight": "-1", "rank": "-1"}
CONFIRMED_AND_FROZEN_SQL = f"OLD.confirmed_at IS NOT NULL AND {IS_FROZEN_SQL}"
CONFIRMED_AFTER_FREEZE_SQL = f"NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL AND {IS_FROZEN_SQL}"


def install_triggers() -> None:
    """See that every trigger is installed; safe to run again."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in [*_drop_sql(), *_create_sql()]:
            cursor.execute(statement)


def trigger_sql() -> tuple[list[str], list[str]]:
    """(those that take the triggers away, those that set them up), for who must empty a whole database."""
    return _drop_sql(), _create_sql()


@contextmanager
def without_triggers() -> Iterator[None]:
    """Take the triggers away for a moment: only for what was invented, when the demo goes as it came."""
    with connection.cursor() as cursor:
        for statement in _drop_sql():
            cursor.execute(statement)
    try:
        yield
    finally:
        install_triggers()


def _changes_sql(column: str) -> str:
    return f"OLD.{column} IS DISTINCT FROM NEW.{column}"


def _drop_sql() -> list[str]:
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS contest_{name}" for name, *_ in triggers()]
    return _postgresql_drop_sql()  # pragma: no cover - runs on a server alone


def _create_sql() -> list[str]:
    if connection.vendor == "sqlite":
        return [_sqlite_trigger_sql(*trigger) for trigger in triggers()]
    return _postgresql_create_sql()  # pragma: no cover - runs on a server alone


def _postgresql_drop_sql():
    return [f"DROP TRIGGER IF EXISTS contest_{name} ON contest_{table}" for name, table, *_ in triggers()]


def _postgresql_create_sql():
    return [statement for trigger in triggers() for statement in _postgresql_trigger_sql(*trigger)]


def _sqlite_trigger_sql(name: str, table: str, when: str, condition: str, sentence: str) -> str:
    when_sql = f" WHEN {condition}" if condition else ""
    refuse_sql = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    return f"CREATE TRIGGER contest_{name} {when} ON contest_{table}{when_sql} {refuse_sql}"


def _postgresql_trigger_sql(name, table, when, condition, sentence):
    """A function for each sentence, since a trigger's condition there may not look into other tables."""
    row = "OLD" if "DELETE" in when else "NEW"
    refuse_sql = f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'"
    yield (
        f"CREATE OR REPLACE FUNCTION contest_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"IF {condition or 'true'} THEN {refuse_sql}; END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER contest_{name} {when} ON contest_{table} FOR EACH ROW EXECUTE FUNCTION contest_{name}()"
    )
