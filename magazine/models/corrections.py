"""Corrections to published pieces."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from magazine.models.articles import Article


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections for the pages and feeds that list them."""

    def for_pieces(self, pieces: "models.QuerySet[Article]") -> Self:
        """Corrections to these pieces, newest first, with the piece; one query."""
        corrections = self.filter(article__in=pieces.values("pk")).select_related("article")
        return corrections.order_by("-corrected_at", "-pk")


class Correction(models.Model):
    """One correction. The page of the piece prints it for as long as the piece exists."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        UPDATE = "update", "Update"
        REMOVAL = "removal", "Removal"

    article = models.ForeignKey("magazine.Article", on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.CORRECTION)
    before = models.CharField(max_length=500, blank=True, help_text="What it said.")
    after = models.CharField(max_length=500, blank=True, help_text="What it says now.")
    note = models.CharField(max_length=500, blank=True, help_text="Why, if that needs saying.")
    corrected_at = models.DateField(default=timezone.localdate)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before="", after="", note=""),
                name="correction_says_something",
                violation_error_message="Say what it said and what it says now.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.corrected_at}"

    @property
    def corrected_datetime(self) -> datetime:
        """Midnight at the start of that day, in the site's time zone: a feed needs a time."""
        return timezone.make_aware(datetime.combine(self.corrected_at, time()))


class PrintedCorrection:
    """A correction as the page prints it, made from its row in `correction_rows`."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.before, self.after, self.note = row["before"], row["after"], row["note"]
        self.corrected_at = date.fromisoformat(row["corrected_at"][:10])
        self.kind = Correction.Kind(row["kind"]).label
