"""
Database triggers that keep the evidence of a contest from being changed, even by plain SQL.

They refuse:

- to change or delete audit events, rules, notices, the frozen list, readings and the outcome;
- to change the terms of a contest (its frozen fields, prizes, sources and regions) once it has opened;
- to change an entry's ticket, weight or rank once it is set;
- after the freeze, to add, confirm, change or delete an entry, but for an erasure that an act records;
- an award or disqualification that no act in the audit log says, and to change or delete it afterwards.

`magazine.database_triggers` installs them after every migration.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from contest import award_guards
from contest.models.contests import Contest
from contest.models.field_lists import FROZEN_FIELDS
from magazine.database_triggers import Trigger, TriggerGroup, drop_triggers, install_group, register

HAS_OPENED_SQL = (
    "EXISTS (SELECT 1 FROM contest_auditevent WHERE contest_id = {row}.{contest} AND kind = 'opened')"
)
IS_FROZEN_SQL = "EXISTS (SELECT 1 FROM contest_freeze WHERE contest_id = OLD.contest_id)"
MOVED_INTO_FROZEN_SQL = (
    "OLD.contest_id <> NEW.contest_id "
    "AND EXISTS (SELECT 1 FROM contest_freeze WHERE contest_id = NEW.contest_id)"
)
IMMUTABLE_TABLES = ["auditevent", "freeze", "reading", "outcome", "rules", "amendment"]
TERM_TABLES = {"prize": "contest_id", "source": "contest_id", "contest_regions": "contest_id"}
TERMS_STAY = "The contest has opened: its terms stay. Add a dated notice instead."
RECORD_STAYS = "What is on record stays as it is."
TICKET_STAYS = "A ticket, its weight and its rank are set once."
ENTRY_STAYS = "The list is frozen: an entry is erased, not deleted."
TWO_READERS = "Two people type in the numbers of this contest."
LIST_CLOSED = "The list is frozen: nobody can come into it."
ENTRANT_STAYS = "The list is frozen: of an entry only the personal data goes, by an act that says so."


type Guard = tuple[str, str, str, str, str]


def guards() -> Iterator[Guard]:
    """
    What each trigger refuses, as (name, table, event, condition, message).

    Name and table come without the prefix `contest_`. The event is as in "BEFORE UPDATE", the condition is
    SQL ("" to refuse always), and the message is that of the database error.
    """
    yield from _record_guards()
    yield from _draw_guards()
    yield from _term_guards()
    yield from _entry_guards()
    yield from award_guards.guards()


def _record_guards() -> Iterator[Guard]:
    for table in IMMUTABLE_TABLES:
        for action in ("UPDATE", "DELETE"):
            yield f"{table}_{action.lower()}", table, f"BEFORE {action}", "", RECORD_STAYS


def _draw_guards() -> Iterator[Guard]:
    """Where the freeze says that two people type in the numbers, no outcome follows from one person's."""
    yield "outcome_insert", "outcome", "BEFORE INSERT", ONE_READER_OF_TWO_SQL, TWO_READERS


def _term_guards() -> Iterator[Guard]:
    changed = " OR ".join(f"{_changes_sql(column)}" for column in _frozen_columns())
    opened = HAS_OPENED_SQL.format(row="OLD", contest="article_ptr_id")
    yield "terms", "contest", "BEFORE UPDATE", f"{opened} AND ({changed})", TERMS_STAY
    for table, column in TERM_TABLES.items():
        new, old = (HAS_OPENED_SQL.format(row=row, contest=column) for row in ("NEW", "OLD"))
        # A row can be moved out of an opened contest, and into one.
        for action, condition in {"INSERT": new, "UPDATE": f"({old} OR {new})", "DELETE": old}.items():
            yield f"{table}_{action.lower()}", table, f"BEFORE {action}", condition, TERMS_STAY


def _frozen_columns() -> list[str]:
    """The database columns that a trigger protects once the contest has opened."""
    fields = {field.name: field.column for field in Contest._meta.fields}
    return [str(fields[name]) for name in FROZEN_FIELDS]


def _entry_guards() -> Iterator[Guard]:
    changes_once_set = " OR ".join(
        f"(OLD.{column} <> {empty} AND {_changes_sql(column)})" for column, empty in SET_ONCE_COLUMNS.items()
    )
    yield "ticket", "entry", "BEFORE UPDATE", changes_once_set, TICKET_STAYS
    yield "entry_delete", "entry", "BEFORE DELETE", CONFIRMED_AND_FROZEN_SQL, ENTRY_STAYS
    yield "late_entry", "entry", "BEFORE UPDATE", CONFIRMED_AFTER_FREEZE_SQL, LIST_CLOSED
    yield "entry_insert", "entry", "BEFORE INSERT", INSERTED_AFTER_FREEZE_SQL, LIST_CLOSED
    yield "entry_moved", "entry", "BEFORE UPDATE", MOVED_INTO_FROZEN_SQL, LIST_CLOSED
    changed = " OR ".join(_changes_sql(column) for column in LISTED_COLUMNS)
    condition = f"{CONFIRMED_AND_FROZEN_SQL} AND ({changed}) AND NOT {_erased_by_an_act_sql()}"
    yield "entry_update", "entry", "BEFORE UPDATE", condition, ENTRANT_STAYS


def _erased_by_an_act_sql() -> str:
    """Whether the update erases the entry's personal data, and an act says so."""
    blank = " AND ".join(f"NEW.{column} = ''" for column in PERSONAL_COLUMNS)
    return f"(NEW.erased_at IS NOT NULL AND {blank} AND {ERASURE_RECORDED_SQL})"


PERSONAL_COLUMNS = ["name", "email", "card_postal_address", "identity", "salt", "code"]
LISTED_COLUMNS = [
    *PERSONAL_COLUMNS,
    *("contest_id", "channel", "form_token", "rules_id", "sent_at", "confirmed_at", "erased_at"),
]
ERASURE_RECORDED_SQL = (
    "EXISTS (SELECT 1 FROM contest_auditevent WHERE contest_id = OLD.contest_id AND (kind = 'deleted' "
    "OR (kind = 'erased' AND payload_json LIKE '%' || OLD.ticket || '%')))"
)
INSERTED_AFTER_FREEZE_SQL = (
    "NEW.confirmed_at IS NOT NULL AND EXISTS (SELECT 1 FROM contest_freeze WHERE contest_id = NEW.contest_id)"
)
ONE_READER_OF_TWO_SQL = (
    "EXISTS (SELECT 1 FROM contest_freeze JOIN contest_auditevent "
    "ON contest_auditevent.contest_id = contest_freeze.contest_id WHERE contest_freeze.id = NEW.freeze_id "
    "AND contest_auditevent.kind = 'frozen' AND contest_auditevent.payload_json LIKE '%\"readers\": 2%') "
    "AND (SELECT COUNT(DISTINCT typed_by_id) FROM contest_reading "
    "WHERE freeze_id = NEW.freeze_id AND beacon = NEW.beacon) < 2"
)
SET_ONCE_COLUMNS = {"ticket": "''", "weight": "-1", "rank": "-1"}
CONFIRMED_AND_FROZEN_SQL = f"OLD.confirmed_at IS NOT NULL AND {IS_FROZEN_SQL}"
CONFIRMED_AFTER_FREEZE_SQL = f"NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL AND {IS_FROZEN_SQL}"


def contest_triggers(vendor: str) -> list[Trigger]:
    """All guards as triggers for the database `vendor`."""
    make_trigger = _sqlite_trigger if vendor == "sqlite" else _postgresql_trigger
    return [make_trigger(*guard) for guard in guards()]


CONTEST_TRIGGERS = register(TriggerGroup("contest_", contest_triggers))


@contextmanager
def without_triggers() -> Iterator[None]:
    """A context without these triggers. Only tests and the removal of the demo may use it."""
    drop_triggers(CONTEST_TRIGGERS)
    try:
        yield
    finally:
        install_group(CONTEST_TRIGGERS)


def _changes_sql(column: str) -> str:
    return f"OLD.{column} IS DISTINCT FROM NEW.{column}"


def _sqlite_trigger(name: str, table: str, when: str, condition: str, sentence: str) -> Trigger:
    when_sql = f" WHEN {condition}" if condition else ""
    refuse_sql = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    sql = f"CREATE TRIGGER contest_{name} {when} ON contest_{table}{when_sql} {refuse_sql}"
    return Trigger(f"contest_{name}", f"contest_{table}", sql)


def _postgresql_trigger(name: str, table: str, when: str, condition: str, sentence: str) -> Trigger:
    """A trigger with a function, since the WHEN of a PostgreSQL trigger cannot query other tables."""
    row = "OLD" if "DELETE" in when else "NEW"
    refuse_sql = f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'"
    function_sql = (
        f"CREATE OR REPLACE FUNCTION contest_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"IF {condition or 'true'} THEN {refuse_sql}; END IF; RETURN {row}; END $$"
    )
    sql = (
        f"CREATE TRIGGER contest_{name} {when} ON contest_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION contest_{name}()"
    )
    return Trigger(f"contest_{name}", f"contest_{table}", sql, function_sql)
