"""Planned requests as an iCalendar file, to which staff and readers can subscribe."""

from datetime import date
from typing import cast

from icalendar import Event

from magazine.calendars import all_day_fields, calendar_file, event
from reelrequests.models import ReelRequest
from reelrequests.models.statuses import Status

SCHEDULED = [Status.PLANNED, Status.PRODUCTION]


def planned_calendar() -> bytes:
    """The requests that are planned or in production for a day, as an iCalendar file; one query."""
    scheduled = ReelRequest.objects.shown().open().filter(status__in=SCHEDULED, planned_for__isnull=False)
    planned = scheduled.for_rows().order_by("planned_for", "pk")
    return calendar_file("Reel Requests", "What readers asked cinemaCLIPS for", map(_event, planned))


def _event(reel_request: ReelRequest) -> Event:
    return event(
        f"request-{reel_request.pk}",
        reel_request.status_changed_at,
        reel_request.get_absolute_url(),
        f"{reel_request.get_status_display()}: {reel_request.title}",
        f"{reel_request.vote_count} asked for it.",
        **all_day_fields(cast(date, reel_request.planned_for)),  # planned_calendar selects those with a day
    )
