"""What an editor holds in place on the front page."""

from django.db import models
from django.db.models import Q

from magazine.models.articles import Article


class PinQuerySet(models.QuerySet):
    def slots_by_article(self, now):
        """The slot of each piece that is pinned at `now`, by the piece's primary key; one query."""
        running = self.filter(Q(until__isnull=True) | Q(until__gt=now))
        return dict(running.values_list("article_id", "slot"))


class Pin(models.Model):
    """A piece that an editor holds in a place on the front page, for a while or until taken off."""

    class Slot(models.TextChoices):
        LEAD = "lead", "Lead story"
        SECOND = "second", "Second story"

    slot = models.CharField(max_length=10, choices=Slot, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pins")
    until = models.DateTimeField(
        null=True, blank=True, help_text="After this moment the place fills itself again."
    )

    objects = PinQuerySet.as_manager()

    class Meta:
        ordering = ["slot"]

    def __str__(self):
        return f"{self.get_slot_display()}: {self.article}"
