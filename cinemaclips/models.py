"""What the demo put in, so that exactly that can be taken away."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemoRow(models.Model):
    """One row that the demo magazine created."""

    affects_pages = False

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="demo_row_once")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"
