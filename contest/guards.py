"""
What the database itself refuses, by triggers, whoever asks and by whatever way.

The record, the frozen list, the numbers and the outcome are written once. Once a contest's opening
stands in its record, its terms stay. An entry's ticket, weight and rank are set once, and after the
freeze no entry disappears: it can only be emptied of its person.

They are set up like the triggers of the page cache: at every set-up, since a rebuilt table loses its own.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from contest.models.contests import frozen_columns

OPENED = "EXISTS (SELECT 1 FROM contest_act WHERE contest_id = {row}.{contest} AND kind = 'opened')"
FROZEN = "EXISTS (SELECT 1 FROM contest_freeze WHERE contest_id = OLD.contest_id)"
WRITTEN_ONCE = ["act", "freeze", "reading", "outcome", "rules", "amendment"]
PARTS = {"prize": "contest_id", "source": "contest_id", "contest_regions": "contest_id"}
STAYS = "The contest has opened: its terms stay. Add a dated notice instead."


def guards():
    """(name, table, what and when, condition or "", sentence) of each guard."""
    for table in WRITTEN_ONCE:
        for act in ("UPDATE", "DELETE"):
            yield f"{table}_{act.lower()}", table, f"BEFORE {act}", "", "What is on record stays as it is."
    changed = " OR ".join(f"{_differs(column)}" for column in frozen_columns())
    opened = OPENED.format(row="OLD", contest="article_ptr_id")
    yield "terms", "contest", "BEFORE UPDATE", f"{opened} AND ({changed})", STAYS
    for table, column in PARTS.items():
        for act, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            condition = OPENED.format(row=row, contest=column)
            yield f"{table}_{act.lower()}", table, f"BEFORE {act}", condition, STAYS
    once = " OR ".join(
        f"(OLD.{column} <> {empty} AND {_differs(column)})" for column, empty in SET_ONCE.items()
    )
    yield "ticket", "entry", "BEFORE UPDATE", once, "A ticket, its weight and its rank are set once."
    yield (
        "entry_delete",
        "entry",
        "BEFORE DELETE",
        LISTED,
        "The list is frozen: an entry is erased, not deleted.",
    )
    yield "late_entry", "entry", "BEFORE UPDATE", LATE, "The list is frozen: nobody can come into it."


SET_ONCE = {"ticket": "''", "weight": "-1", "rank": "-1"}
LISTED = f"OLD.confirmed_at IS NOT NULL AND {FROZEN}"
LATE = f"NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL AND {FROZEN}"


def keep_guards():
    """See that every guard stands; safe to run again."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in [*_dropped(), *_made()]:
            cursor.execute(statement)


def statements():
    """(those that take the guards away, those that set them up), for who must empty a whole database."""
    return _dropped(), _made()


@contextmanager
def lifted():
    """Take the guards away for a moment: only for what was invented, when the demo goes as it came."""
    with connection.cursor() as cursor:
        for statement in _dropped():
            cursor.execute(statement)
    try:
        yield
    finally:
        keep_guards()


def _differs(column):
    return f"OLD.{column} IS DISTINCT FROM NEW.{column}"


def _dropped():
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS guard_{name}" for name, *_ in guards()]
    return as_postgresql_dropped()  # pragma: no cover - runs on a server alone


def _made():
    if connection.vendor == "sqlite":
        return [_in_sqlite(*each) for each in guards()]
    return as_postgresql_made()  # pragma: no cover - runs on a server alone


def as_postgresql_dropped():
    return [f"DROP TRIGGER IF EXISTS guard_{name} ON contest_{table}" for name, table, *_ in guards()]


def as_postgresql_made():
    return [statement for each in guards() for statement in as_postgresql(*each)]


def _in_sqlite(name, table, when, condition, sentence):
    only = f" WHEN {condition}" if condition else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    return f"CREATE TRIGGER guard_{name} {when} ON contest_{table}{only} {refuse}"


def as_postgresql(name, table, when, condition, sentence):
    """A function for each sentence, since a trigger's condition there may not look into other tables."""
    row = "OLD" if "DELETE" in when else "NEW"
    refuse = f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'"
    yield (
        f"CREATE OR REPLACE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"IF {condition or 'true'} THEN {refuse}; END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER guard_{name} {when} ON contest_{table} FOR EACH ROW EXECUTE FUNCTION guard_{name}()"
    )
