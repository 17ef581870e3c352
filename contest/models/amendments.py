"""Dated notices to the official rules of a contest."""

from django.db import models
from django.utils import timezone


class Amendment(models.Model):
    """A dated notice above the rules of a contest that has opened; the rules do not change."""

    contest = models.ForeignKey("contest.Contest", on_delete=models.PROTECT, related_name="amendments")
    text = models.TextField(max_length=2_000, help_text="Printed with its date above the rules.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}: {self.text[:60]}"
