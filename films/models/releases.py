"""Releases: the editions in which films are sold."""

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from films.models.films import Film


def check_barcode(code: str) -> None:
    """Raise ValidationError unless `code` is a UPC (12 digits) or EAN (13) with the right check digit."""
    digits = [int(digit) for digit in code if digit.isdigit()]
    if len(digits) != len(code) or len(digits) not in (12, 13):
        raise ValidationError("A UPC has 12 digits and an EAN 13; leave out spaces and dashes.")
    weighted = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    if weighted % 10:
        raise ValidationError("The last digit does not fit the others: read the barcode again.")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Editions by street date, the day on which shops start to sell them."""

    def with_street_date_between(self, first: date, last: date) -> Self:
        """Editions whose street date lies from `first` to `last` inclusive, earliest first."""
        dated = self.filter(street_date__range=(first, last)).select_related("film__poster")
        return dated.order_by("street_date", "film__title_key", "pk")

    def nearest_street_dates(self, first: date, last: date) -> tuple[date | None, date | None]:
        """The last street date before `first` and the next one after `last`; None where there is none."""
        before = self.filter(street_date__lt=first).aggregate(day=models.Max("street_date"))
        after = self.filter(street_date__gt=last).aggregate(day=models.Min("street_date"))
        return before["day"], after["day"]

    def upcoming(self, limit: int) -> Self:
        """At most `limit` editions with a street date in the next 180 days, today's first."""
        today = timezone.localdate()
        return self.with_street_date_between(today, today + timedelta(days=180))[:limit]

    def oldest_first(self) -> Self:
        return self.order_by(models.F("street_date").asc(nulls_last=True), "pk")


class Release(models.Model):
    """One edition of a film on disc, or to download."""

    class Format(models.TextChoices):
        DVD = "dvd", "DVD"
        BLU_RAY = "bluray", "Blu-ray"
        UHD = "uhd", "4K UHD"
        DIGITAL = "digital", "Digital"
        VHS = "vhs", "VHS"

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="releases")
    format = models.CharField(max_length=8, choices=Format)
    edition = models.CharField(max_length=120, blank=True, help_text="As printed on the box.")
    distributor = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=20, blank=True, help_text="1 to 8, A to C, or free.")
    street_date = models.DateField(null=True, blank=True)
    discs = models.PositiveSmallIntegerField(default=1)
    runtime = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In minutes.")
    aspect_ratio = models.CharField(max_length=20, blank=True, help_text="As in 1.85:1.")
    picture = models.CharField(max_length=200, blank=True, help_text="The transfer: 1080p, restored 2018.")
    sound = models.CharField(max_length=200, blank=True)
    subtitles = models.CharField(max_length=200, blank=True)
    extras = models.TextField(blank=True, help_text="One a line.")
    list_price = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, help_text="In US dollars."
    )
    barcode = models.CharField("UPC or EAN", max_length=13, blank=True, validators=[check_barcode])
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-street_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["barcode"],
                condition=~Q(barcode=""),
                name="release_one_per_barcode",
                violation_error_message="Another edition has this barcode.",
            ),
            models.CheckConstraint(
                condition=Q(discs__gte=1) | Q(format="digital"),
                name="release_has_a_disc",
                violation_error_message="An edition on disc has one disc at least.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film} {self.edition_label}"

    @property
    def edition_label(self) -> str:
        """Format and edition, as printed on the box: "Blu-ray, Restored Edition"."""
        return ", ".join(filter(None, [self.get_format_display(), self.edition]))

    @property
    def extras_list(self) -> list[str]:
        return [line.strip() for line in self.extras.splitlines() if line.strip()]
