"""What fans have allowed, with the words they were asked in."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ConsentQuerySet(models.QuerySet["Consent"]):
    def active(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """What a fan has agreed to, with wording, time and form. The box is never ticked in advance."""

    affects_pages = False

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", "Newsletter"

    fan = models.ForeignKey("fans.Fan", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    words = models.CharField(max_length=500, help_text="The wording next to the checkbox at that time.")
    source = models.CharField(max_length=200, help_text="The form on which it was given.")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fan", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_active_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.fan}"
