"""When a contest opens and closes, and the periods after its close."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from magazine.fields import validate_time_zone

CONFIRMATION_PERIOD = timedelta(hours=24)  # after the close: entries sent before it can still be confirmed
REVIEW_PERIOD = timedelta(hours=24)  # the minimum between the last confirmation and the beacon, for staff
MIN_FREEZE_LEAD = timedelta(hours=1)  # the minimum between freeze and beacon (SPEC, property a)
AUTO_FREEZE_LEAD = timedelta(hours=3)  # how long before the beacon the worker freezes if staff have not


class Schedule(models.Model):
    """The opening and the close of a contest, as instants in UTC, and the zone in which they are printed."""

    opens_at = models.DateTimeField("opens")
    closes_at = models.DateTimeField("closes", help_text="An entry sent at this second is late.")
    zone = models.CharField(
        max_length=50, validators=[validate_time_zone], default=settings.TIME_ZONE,
        help_text="The zone in which both are printed, as in America/Phoenix.",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def opens_at_local(self) -> datetime:
        """The opening in the contest's own zone."""
        return self.opens_at.astimezone(ZoneInfo(self.zone))

    @property
    def closes_at_local(self) -> datetime:
        """The close in the contest's own zone."""
        return self.closes_at.astimezone(ZoneInfo(self.zone))

    @property
    def confirm_by(self) -> datetime:
        """Until when an entry that was sent before the close can be confirmed."""
        return self.closes_at + CONFIRMATION_PERIOD

    @property
    def confirm_by_local(self) -> datetime:
        """`confirm_by` in the contest's own zone."""
        return self.confirm_by.astimezone(ZoneInfo(self.zone))

    @property
    def earliest_numbers_at(self) -> datetime:
        """The earliest time for a beacon, which leaves staff `REVIEW_PERIOD` to review the entries."""
        return self.confirm_by + REVIEW_PERIOD

    def is_open_at(self, now: datetime) -> bool:
        """Whether this contest, if published, takes entries at `now`; the query is `open_at`."""
        return self.opens_at <= now < self.closes_at
