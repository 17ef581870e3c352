"""The public history of a request."""

from django.db import models
from django.utils import timezone

from reelrequests.models.requests import ReelRequest


class Step(models.Model):
    """One decision on a request, as readers see it. Readers do not see who decided."""

    class Kind(models.TextChoices):
        SHOWN = "shown", "Asked for"
        NEW = "new", "Back to the list"
        PLANNED = "planned", "Planned"
        PRODUCTION = "production", "In production"
        DECLINED = "declined", "Declined"
        MERGED = "merged", "United with another request"
        SPLIT = "split", "A request of its own again"
        NAMED = "named", "The film has a name"

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=150, blank=True, help_text="For staff; never published.")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
