"""Related rows without a query of their own: a subquery as one JSON column."""

from django.db.models import JSONField, Subquery


class JSONListSubquery(Subquery):
    """
    A subquery of `.values(item=JSONObject(…))` as a list of dictionaries, in its order.

    The database's own JSON aggregates do the work; an empty list where there are no rows.
    """

    template = '(SELECT json_group_array(json("item")) FROM (%(subquery)s) U)'
    postgresql_template = "(SELECT COALESCE(jsonb_agg(\"item\"), '[]') FROM (%(subquery)s) U)"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, template=self.postgresql_template)
