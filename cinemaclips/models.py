"""The current cache generation, and the rows that the demo created."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class CacheGeneration(models.Model):
    """One row that triggers write (`cache_generation`): the current cache generation, and the withdrawals."""

    affects_pages = False

    generation = models.BigIntegerField(default=1)
    # How often something was taken from readers: saved pages from before may not be shown any more.
    withdrawals = models.BigIntegerField(default=0)
    # PostgreSQL only: the ID of the last transaction that was counted, so that each is counted once.
    transaction_id = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="cache_generation_one_row")]

    def __str__(self) -> str:
        return str(self.generation)


class DemoRow(models.Model):
    """One row that the demo magazine created."""

    affects_pages = False

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="demo_row_once")]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"
