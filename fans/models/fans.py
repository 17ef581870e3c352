"""Fans (confirmed e-mail addresses without an account) and their consents."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.email_addresses import CanonicalEmailField


class FanQuerySet(models.QuerySet["Fan"]):
    def confirm(self, email: str, now: datetime) -> None:
        """Store that the owner of this address has pressed the button behind a mailed link at `now`."""
        fan = Fan(email=email, confirmed_at=now, seen_at=now)
        Fan.objects.bulk_create(
            [fan], update_conflicts=True, unique_fields=["email"], update_fields=["seen_at"]
        )

    def idle_since(self, moment: datetime) -> Self:
        """Fans who have confirmed nothing since `moment` and have no active consent."""
        return self.filter(seen_at__lt=moment).exclude(pk__in=Consent.objects.active().values("fan"))


class Fan(models.Model):
    """An e-mail address whose owner has confirmed it. Nothing else is stored about a fan."""

    affects_pages = False

    email = CanonicalEmailField("e-mail", unique=True)
    confirmed_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When its owner last pressed the button behind a mailed link.")

    objects = FanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("confirmed_at")), name="fan_seen_after_confirmed"
            )
        ]

    def __str__(self) -> str:
        return self.email


class ConsentQuerySet(models.QuerySet["Consent"]):
    def active(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """What a fan has agreed to, with wording, time and form. The box is never ticked in advance."""

    affects_pages = False

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", "Newsletter"

    fan = models.ForeignKey(Fan, on_delete=models.CASCADE, related_name="consents")
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
