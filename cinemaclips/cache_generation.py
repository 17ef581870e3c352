"""
How the page cache knows that something has changed: the database counts generations.

Every change to what readers can see starts a new cache generation. The database itself counts them, by
triggers on every table that a page is made from, in the transaction of the change, so that no way
of writing (the desk, a command, another process, plain SQL) can forget it. Tables that no page
shows say so with `affects_pages = False` on their model, and may be written as often as they like.
"""

from django.apps import apps
from django.db import connection

TABLE = "cinemaclips_cache_generation"
CREATE_TABLE = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} "
    "(generation bigint NOT NULL, transaction_id text NOT NULL DEFAULT '')"
)
INSERT_FIRST_ROW = f"INSERT INTO {TABLE} (generation) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM {TABLE})"  # noqa: S608
# Django's own bookkeeping: who is signed in, and what the desk has done.
APPS_WITHOUT_PAGES = {"admin", "auth", "contenttypes", "sessions"}
INCREMENT = f"UPDATE {TABLE} SET generation = generation + 1"  # noqa: S608

SQLITE_TRIGGERS = {
    f"cache_generation_{{table}}_{change.lower()}": (
        f'CREATE TRIGGER "cache_generation_{{table}}_{change.lower()}" AFTER {change} ON "{{table}}" '
        f"BEGIN {INCREMENT}; END"
    )
    for change in ("INSERT", "UPDATE", "DELETE")
}
# At the commit and once a transaction: the one row is locked for that moment only, so that two
# editors who save at once neither wait for each other's work nor lock each other out.
POSTGRESQL_TRIGGERS = {
    "cache_generation_{table}": (
        'CREATE CONSTRAINT TRIGGER "cache_generation_{table}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION increment_cache_generation()"
    )
}
TRIGGERS = {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRESQL_TRIGGERS}
CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION increment_cache_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {TABLE} SET generation = generation + 1, transaction_id = pg_current_xact_id()::text
        WHERE transaction_id <> pg_current_xact_id()::text;
    RETURN NULL;
END $$
"""  # noqa: S608 - put together from this module's own names
SELECT_TRIGGERS = {
    "sqlite": (
        "SELECT name, tbl_name FROM sqlite_master "
        "WHERE type = 'trigger' AND name LIKE 'cache!_generation!_%' ESCAPE '!'"
    ),
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE 'cache!_generation!_%' ESCAPE '!'"
    ),
}


def models_on_pages():
    """Every model that a page is made from, its joining tables included; in doubt a model is one."""
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if model._meta.app_label not in APPS_WITHOUT_PAGES and getattr(model, "affects_pages", True)
    ]


def current_generation():
    """The number of the current cache generation."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT generation FROM {TABLE}")  # noqa: S608
        return cursor.fetchone()[0]


def install_triggers():
    """
    See that the database counts generations: the table, its row, and a trigger on each table on pages.

    Safe to run again, and to be run after every migration: a rebuilt table has lost its triggers.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for statement in [
            CREATE_TABLE,
            INSERT_FIRST_ROW,
            *([CREATE_FUNCTION] if connection.vendor == "postgresql" else []),
        ]:
            cursor.execute(statement)
        cursor.execute(SELECT_TRIGGERS[connection.vendor])
        installed = dict(cursor.fetchall())
        wanted = _trigger_statements(tables & {model._meta.db_table for model in models_on_pages()})
        for name in installed.keys() - wanted.keys():
            on_table = f' ON "{installed[name]}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on_table}')
        for name in sorted(wanted.keys() - installed.keys()):
            cursor.execute(wanted[name])


def _trigger_statements(tables):
    """The statement of every trigger on these tables, by the trigger's name."""
    statements = TRIGGERS[connection.vendor].items()
    return {
        name.format(table=table): statement.format(table=table)
        for table in tables
        for name, statement in statements
    }
