"""Pieces that an editor pins to the front page."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from magazine.models.articles import Article


class PinQuerySet(models.QuerySet["Pin"]):
    """Pins that are in force at a given time."""

    def slots_by_article(self, now: datetime) -> dict[int, str]:
        """The slot of each piece that is pinned at `now`, by the piece's primary key; one query."""
        running = self.filter(Q(until__isnull=True) | Q(until__gt=now))
        return dict(running.values_list("article_id", "slot"))


class Pin(models.Model):
    """A piece that takes one slot of the front page, until a given time or until it is deleted."""

    class Slot(models.TextChoices):
        LEAD = "lead", "Lead story"
        SECOND = "second", "Second story"

    slot = models.CharField(max_length=10, choices=Slot, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pins")
    until = models.DateTimeField(
        null=True, blank=True, help_text="After this time the slot shows the newest piece again."
    )

    objects = PinQuerySet.as_manager()

    class Meta:
        ordering = ["slot"]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.article}"
