"""What is planned as a calendar for other programs: the desk's, and that of whoever waits for it."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event

from reelrequests.models import ReelRequest
from reelrequests.models.requests import Status

MADE = [Status.PLANNED, Status.PRODUCTION]


def feed_of_plans():
    """Every request that is planned or made for a day, as an iCalendar file in bytes; one query."""
    calendar = Calendar()
    calendar.add("prodid", "-//cinemaCLIPS//Reel Requests//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "What readers asked cinemaCLIPS for")
    asked = ReelRequest.objects.shown().open().filter(status__in=MADE, planned_for__isnull=False)
    for request in asked.for_rows().order_by("planned_for", "pk"):
        calendar.add_component(_event(request))
    return calendar.to_ical()


def _event(request):
    event = Event()
    event.add("uid", f"request-{request.pk}@{settings.SITE_HOST}")
    event.add("dtstamp", request.moved_at)
    event.add("dtstart", request.planned_for)
    event.add("dtend", request.planned_for + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{request.get_status_display()}: {request.title}")
    event.add("description", f"{request.voices} asked for it.")
    event.add("url", settings.SITE_URL + request.get_absolute_url())
    return event
