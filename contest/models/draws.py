"""The draw: the readings of the beacon and the outcome."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from contest.models.freezes import Freeze


class Reading(models.Model):
    """The beacon as one member of staff typed it in. Two readings that agree make the outcome."""

    affects_pages = False

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="readings")
    lines = models.JSONField(help_text="As typed, one for each line of the manifest's beacon.")
    beacon = models.CharField(max_length=1_000, help_text="The same in canonical form.")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["typed_at", "pk"]

    def __str__(self) -> str:
        return self.beacon


class Outcome(models.Model):
    """The result of the draw. There is one for each contest; the database refuses a second."""

    freeze = models.OneToOneField(Freeze, on_delete=models.PROTECT, related_name="outcome")
    lines = models.JSONField(help_text="The numbers, one line for each beacon line of the manifest.")
    beacon = models.CharField(max_length=1_000)
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.freeze.contest.draw_id}, drawn {self.drawn_at:%Y-%m-%d %H:%M}"

    @property
    def beacon_text(self) -> str:
        """The text of beacon.txt, as published."""
        return "".join(f"{line}\n" for line in self.lines)
