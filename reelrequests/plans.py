"""What is planned as a calendar for other programs: the desk's, and that of whoever waits for it."""

from magazine.calendars import all_day_fields, calendar_file, event
from reelrequests.models import ReelRequest
from reelrequests.models.requests import Status

MADE = [Status.PLANNED, Status.PRODUCTION]


def feed_of_plans():
    """Every request that is planned or made for a day, as an iCalendar file in bytes; one query."""
    asked = ReelRequest.objects.shown().open().filter(status__in=MADE, planned_for__isnull=False)
    planned = asked.for_rows().order_by("planned_for", "pk")
    return calendar_file("Reel Requests", "What readers asked cinemaCLIPS for", map(_event, planned))


def _event(request):
    return event(
        f"request-{request.pk}",
        request.moved_at,
        request.get_absolute_url(),
        f"{request.get_status_display()}: {request.title}",
        f"{request.voices} asked for it.",
        **all_day_fields(request.planned_for),
    )
