"""Related rows as one JSON column of a query, so that they need no query of their own."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, Subquery
from django.db.models.sql.compiler import SQLCompiler


class JSONListSubquery(Subquery):
    """
    A subquery of `.values(item=JSONObject(…))` as a list of dictionaries, in the order of its rows.

    It uses the JSON aggregates of the database. Without rows the list is empty.
    """

    template = '(SELECT json_group_array(json("item")) FROM (%(subquery)s) U)'
    postgresql_template = "(SELECT COALESCE(jsonb_agg(\"item\"), '[]') FROM (%(subquery)s) U)"
    output_field = JSONField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template=self.postgresql_template)
