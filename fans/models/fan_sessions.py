"""The browsers that recognise a fan."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from fans import codes
from fans.models.fans import Fan

SESSION_AGE = timedelta(days=400)  # from the press of the button
FRESHNESS = timedelta(hours=1)  # of the mail, for what only the owner of the mailbox may do


def new_key() -> str:
    """A random key for the cookie of a browser."""
    return codes.random_code(26)


class FanSessionQuerySet(models.QuerySet["FanSession"]):
    def valid(self, now: datetime) -> Self:
        """Sessions that have not ended."""
        return self.filter(started_at__gt=now - SESSION_AGE)

    def expired(self, now: datetime) -> Self:
        """Sessions that have ended."""
        return self.filter(started_at__lte=now - SESSION_AGE)


class FanSession(models.Model):
    """
    One browser that recognises a fan, since the button behind a mailed link was pressed in it.

    It ends when the fan leaves this browser, is erased, or after `SESSION_AGE`, whatever cookie is sent.
    """

    affects_pages = False

    key = models.CharField(max_length=26, unique=True, default=new_key)
    fan = models.ForeignKey(Fan, on_delete=models.CASCADE, related_name="sessions")
    mailed_at = models.DateTimeField(help_text="When the mail with the link was sent.")
    started_at = models.DateTimeField(help_text="When the button was pressed.")

    objects = FanSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="fan_session_by_time")]

    def __str__(self) -> str:
        return f"{self.fan}, since {self.started_at:%Y-%m-%d %H:%M}"

    def is_fresh(self, now: datetime) -> bool:
        """Whether the mail is so new that whoever presses now has the mailbox at hand."""
        return now - self.mailed_at <= FRESHNESS
