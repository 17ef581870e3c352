"""The statuses of a request."""

from django.db import models

SHOW_SECTION = "about"  # the section whose pieces are episodes: a request covered there reads as on air


class Status(models.TextChoices):
    """The status of a request. The last two are never stored: see `ReelRequest.public_status`."""

    NEW = "new", "New"
    PLANNED = "planned", "Planned"
    PRODUCTION = "production", "In production"
    DECLINED = "declined", "Declined"
    ON_AIR = "on-air", "On air"
    COVERED = "covered", "Covered"


STORED_STATUSES = [Status.NEW, Status.PLANNED, Status.PRODUCTION, Status.DECLINED]
