"""Thresholds of laws. Staff keep them up to date."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from contest.models.regions import Region


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    def for_contests(self) -> Self:
        """Thresholds for the prizes of a contest, with their regions; two queries."""
        return self.filter(measure=Threshold.Measure.CONTEST).prefetch_related("regions")

    def for_readers(self) -> Self:
        """Values of prizes above which two people type in the numbers."""
        return self.filter(measure=Threshold.Measure.READERS)

    def for_people(self) -> Self:
        """Thresholds for the value that one person wins in a year."""
        return self.filter(measure=Threshold.Measure.PERSON)


class Threshold(models.Model):
    """A value of prizes above which a law asks for something."""

    class Measure(models.TextChoices):
        CONTEST = "contest", "All prizes of a contest"
        PERSON = "person", "What one person wins in a year"
        READERS = "readers", "All prizes: two people type in the numbers"

    name = models.CharField(max_length=120, unique=True, help_text="The law, as in Florida 849.094.")
    measure = models.CharField(max_length=8, choices=Measure, default=Measure.CONTEST)
    above = models.DecimalField(max_digits=9, decimal_places=2, help_text="In US dollars.")
    regions = models.ManyToManyField(Region, blank=True, related_name="thresholds")
    only_at_retail = models.BooleanField(
        default=False, help_text="Applies only to contests that are offered in shops."
    )
    needs_filing = models.BooleanField(
        "needs a filing",
        default=False,
        help_text="Above the value, a contest is published only with a filing number.",
    )
    file_days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    list_within_days = models.PositiveSmallIntegerField(
        "winners filed within days", null=True, blank=True, help_text="Counted from the day of the draw."
    )
    list_above = models.DecimalField(
        "winners filed above", max_digits=9, decimal_places=2, default=Decimal(25), help_text="In US dollars."
    )
    note = models.CharField(max_length=300, blank=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(above__gt=0), name="threshold_above_nothing",
                violation_error_message="The value is more than nothing.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def warning_from(self) -> Decimal:
        """The value from which the admin shows a warning: four fifths of the threshold."""
        return self.above * Decimal("0.8")

    def applies_to(self, codes: set[str], *, at_retail: bool) -> bool:
        """Whether this law applies to a contest that is open to the regions with these codes."""
        if self.only_at_retail and not at_retail:
            return False
        return any(region.code in codes for region in self.regions.all())
