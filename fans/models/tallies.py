"""How often somebody has knocked at a door."""

from django.db import models


class Tally(models.Model):
    """Knocks of one visitor at one door within one window of time. Holds a keyed hash, no address."""

    affects_pages = False

    door = models.CharField(max_length=30)
    visitor = models.CharField(max_length=64)
    window = models.DateTimeField(help_text="When the window began.")
    knocks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["door", "visitor", "window"], name="tally_once")]

    def __str__(self):
        return f"{self.door}: {self.knocks}"
