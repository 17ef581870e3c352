"""A schema editor that drops the triggers that name a table before it rebuilds that table."""

from typing import Any

from django.db import models
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor

SELECT_TRIGGERS_NAMING = (
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (tbl_name = %s OR instr(sql, %s) > 0)"
)


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    """
    Alters tables that are named in triggers on other tables.

    To rebuild a table, Django drops it and renames a new one. SQLite refuses to rename with "error in trigger
    …: no such table" while a trigger names the dropped table. So those triggers are dropped first; they are
    installed again after the migration (`magazine.database_triggers`).
    """

    def _remake_table(self, model: type[models.Model], *args: Any, **kwargs: Any) -> None:
        self.drop_triggers_naming(model._meta.db_table)
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]  # not in the stubs: private

    def remove_field(self, model: type[models.Model], field: "models.Field[Any, Any]") -> None:
        """Drop the triggers on the table, then the column: SQLite drops no column that a trigger reads."""
        self.drop_triggers_naming(model._meta.db_table)
        super().remove_field(model, field)

    def drop_triggers_naming(self, table: str) -> None:
        """Drop every trigger on `table`, and every trigger whose statement names it."""
        with self.connection.cursor() as cursor:
            cursor.execute(SELECT_TRIGGERS_NAMING, [table, table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
