"""A confirmed e-mail address without an account."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from fans.email_addresses import CanonicalEmailField
from fans.models.consents import Consent


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
