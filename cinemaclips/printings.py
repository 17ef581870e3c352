"""
How the page cache knows that something has changed: the database counts printings.

Every change to what readers can see calls for a new printing. The database itself keeps count, by
triggers on every table that a page is made from, in the transaction of the change, so that no way
of writing (the desk, a command, another process, plain SQL) can forget it. Tables that no page
shows say so with `never_printed = True` on their model, and may be written as often as they like.
"""

from django.apps import apps
from django.db import connection

TABLE = "cinemaclips_printing"
TABLES = f"CREATE TABLE IF NOT EXISTS {TABLE} (number bigint NOT NULL, made_in text NOT NULL DEFAULT '')"
FIRST = f"INSERT INTO {TABLE} (number) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM {TABLE})"  # noqa: S608
# Django's own bookkeeping: who is signed in, and what the desk has done.
NEVER_PRINTED = {"admin", "auth", "contenttypes", "sessions"}
COUNT = f"UPDATE {TABLE} SET number = number + 1"  # noqa: S608

SQLITE = {
    f"printing_{{table}}_{change.lower()}": (
        f'CREATE TRIGGER "printing_{{table}}_{change.lower()}" AFTER {change} ON "{{table}}" '
        f"BEGIN {COUNT}; END"
    )
    for change in ("INSERT", "UPDATE", "DELETE")
}
# At the commit and once a transaction: the one row is locked for that moment only, so that two
# editors who save at once neither wait for each other's work nor lock each other out.
POSTGRESQL = {
    "printing_{table}": (
        'CREATE CONSTRAINT TRIGGER "printing_{table}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION call_for_printing()"
    )
}
TRIGGERS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
CALL_FOR_PRINTING = f"""
CREATE OR REPLACE FUNCTION call_for_printing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {TABLE} SET number = number + 1, made_in = pg_current_xact_id()::text
        WHERE made_in <> pg_current_xact_id()::text;
    RETURN NULL;
END $$
"""  # noqa: S608 - put together from this module's own names
PRESENT = {
    "sqlite": (
        "SELECT name, tbl_name FROM sqlite_master "
        "WHERE type = 'trigger' AND name LIKE 'printing!_%' ESCAPE '!'"
    ),
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE 'printing!_%' ESCAPE '!'"
    ),
}


def printed_models():
    """Every model that a page is made from, its joining tables included; in doubt a model is one."""
    every = apps.get_models(include_auto_created=True)
    return [
        each
        for each in every
        if each._meta.app_label not in NEVER_PRINTED and not getattr(each, "never_printed", False)
    ]


def number():
    """The number of the current printing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {TABLE}")  # noqa: S608
        return cursor.fetchone()[0]


def keep_count():
    """
    See that the database counts printings: the table, its row, and a trigger on each printed table.

    Safe to run again, and to be run after every migration: a rebuilt table has lost its triggers.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for statement in [TABLES, FIRST, *([CALL_FOR_PRINTING] if connection.vendor == "postgresql" else [])]:
            cursor.execute(statement)
        cursor.execute(PRESENT[connection.vendor])
        present = dict(cursor.fetchall())
        wanted = _triggers(tables & {each._meta.db_table for each in printed_models()})
        for name in present.keys() - wanted.keys():
            on_table = f' ON "{present[name]}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on_table}')
        for name in sorted(wanted.keys() - present.keys()):
            cursor.execute(wanted[name])


def _triggers(tables):
    """The statement of every trigger on these tables, by the trigger's name."""
    texts = TRIGGERS[connection.vendor].items()
    return {name.format(table=each): text.format(table=each) for each in tables for name, text in texts}
