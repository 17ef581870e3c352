"""
The registry of database triggers, which installs them after each migration and reports missing ones.

An ordinary `AlterField` on SQLite rebuilds the table, and its triggers are lost. Therefore
`install_triggers` is connected to `post_migrate` (see `cinemaclips.apps`), and a system check reports
every missing trigger as an error (see `cinemaclips.checks`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, transaction

SELECT_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, relname, "
        "tgenabled::text || (tgqual IS NOT NULL)::text || ' ' || tgtype::text || ' ' || prosrc "
        "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal"
    ),
}


class Trigger(NamedTuple):
    """One trigger: its name, its table, the statement that creates it, and the function that it calls."""

    name: str
    table: str
    sql: str
    function_sql: str = ""  # PostgreSQL only; CREATE OR REPLACE FUNCTION


def nothing_to_do(created: set[str]) -> None:
    """The default of `TriggerGroup.after_install`."""


def nothing_missing() -> list[str]:
    """The default of `TriggerGroup.missing_parts`."""
    return []


@dataclass(frozen=True)
class TriggerGroup:
    """
    The triggers of one module. No trigger outside the group has a name that begins with `prefix`.

    `triggers` returns the triggers for a database vendor. `after_install` is called with the names of the
    triggers that were created. `missing_parts` names what else the triggers need and the database lacks.
    Both are called only where the table `needs_table` exists.
    """

    prefix: str
    triggers: Callable[[str], Iterable[Trigger]]
    after_install: Callable[[set[str]], None] = nothing_to_do
    missing_parts: Callable[[], list[str]] = nothing_missing
    needs_table: str = ""

    def applies(self) -> bool:
        """Whether the table exists that the group needs: not before the first migration."""
        return self.needs_table in connection.introspection.table_names()

    def wanted(self) -> dict[str, Trigger]:
        """The group's triggers on tables that exist, by name."""
        tables = connection.introspection.table_names()
        return {
            trigger.name: trigger for trigger in self.triggers(connection.vendor) if trigger.table in tables
        }


_groups: dict[str, TriggerGroup] = {}


def register(group: TriggerGroup) -> TriggerGroup:
    """Add `group` to the registry. Call it when the module is imported, from a model module or `ready()`."""
    _groups[group.prefix] = group
    return group


def install_triggers(using: str = DEFAULT_DB_ALIAS, **signal_arguments: Any) -> None:
    """
    Create the triggers that the database lacks, and drop those that are outdated or no longer wanted.

    The receiver of `post_migrate`. Safe to run again.
    """
    if using != DEFAULT_DB_ALIAS:
        return
    with transaction.atomic():
        for group in _groups.values():
            install_group(group)


def install_group(group: TriggerGroup) -> None:
    """Bring one group of triggers up to date."""
    wanted, installed = group.wanted(), _installed(group)
    outdated = {name for name in installed if not _is_current(wanted.get(name), installed[name])}
    missing = wanted.keys() - (installed.keys() - outdated)
    drop_triggers(group, outdated)
    with connection.cursor() as cursor:
        for trigger in sorted(wanted.values()):
            if trigger.function_sql:
                cursor.execute(trigger.function_sql)  # pragma: no cover - runs on a server alone
            if trigger.name in missing:
                cursor.execute(trigger.sql)
    if group.applies():
        group.after_install(set(missing))


def drop_triggers(group: TriggerGroup, names: Iterable[str] | None = None) -> None:
    """Drop the named triggers of `group`, or all of them."""
    with connection.cursor() as cursor:
        for statement in drop_statements(group, names):
            cursor.execute(statement)


def drop_statements(group: TriggerGroup, names: Iterable[str] | None = None) -> list[str]:
    """The statements that drop the named triggers of `group`, or all that are installed."""
    installed = _installed(group)
    on_table = ' ON "{table}"' if connection.vendor == "postgresql" else ""
    return [
        f'DROP TRIGGER "{name}"{on_table}'.format(table=installed[name][0])
        for name in sorted(installed if names is None else names)
    ]


def missing_triggers() -> list[str]:
    """The names of all that the database lacks: triggers, outdated ones too, and what they need."""
    names: list[str] = []
    for group in _groups.values():
        wanted, installed = group.wanted(), _installed(group)
        names += [name for name in wanted if not _is_current(wanted[name], installed.get(name))]
        if group.applies():
            names += group.missing_parts()
    return sorted(names)


def _installed(group: TriggerGroup) -> dict[str, tuple[str, str | None]]:
    """(table, statement) of each installed trigger; PostgreSQL has `_as_postgresql_has_it` instead."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT_TRIGGERS[connection.vendor])
        rows = cursor.fetchall()
    return {name: (table, sql) for name, table, sql in rows if name.startswith(group.prefix)}


def _is_current(wanted: Trigger | None, installed: tuple[str, str | None] | None) -> bool:
    """Whether the installed trigger is the wanted one."""
    if wanted is None or installed is None:
        return False
    table, sql = installed
    expected = _as_postgresql_has_it(wanted) if connection.vendor == "postgresql" else wanted.sql
    return wanted.table == table and sql == expected


TRIGGER_BITS = {"FOR EACH ROW": 1, "BEFORE ": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


def _as_postgresql_has_it(trigger: Trigger) -> str:
    """
    What PostgreSQL's catalog says of a trigger: whether it is enabled and has a condition, when it fires, and
    the body of its function. It keeps no statement to compare.
    """
    event, _, rest = trigger.sql.partition(" ON ")
    words = (
        event.partition(trigger.name)[2] + rest.partition("FOR EACH")[1] + rest.partition("FOR EACH")[2][:4]
    )
    bits = sum(bit for word, bit in TRIGGER_BITS.items() if word in words)
    has_condition = str(" WHEN (" in trigger.sql).lower()
    return f"O{has_condition} {bits} {trigger.function_sql.split('$$')[1]}"
