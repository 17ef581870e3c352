"""Small print without a query of its own: the rows of a subquery as one JSON column."""

from django.db.models import JSONField, Subquery


class JSONRows(Subquery):
    """
    A subquery of `.values(row=JSONObject(…))` as a list of dictionaries, in its order.

    The database's own JSON aggregates do the work; an empty list where there are no rows.
    """

    template = '(SELECT json_group_array(json("row")) FROM (%(subquery)s) U)'
    on_postgresql = "(SELECT COALESCE(jsonb_agg(\"row\"), '[]') FROM (%(subquery)s) U)"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, template=self.on_postgresql)
