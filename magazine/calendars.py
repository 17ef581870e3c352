"""iCalendar files, for the calendar programs of readers."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from icalendar import Calendar, Event


def calendar_file(product: str, name: str, events: Iterable[Event]) -> bytes:
    """An iCalendar file; `product` identifies the calendar to programs, `name` is shown to people."""
    calendar = Calendar()
    calendar.add("prodid", f"-//cinemaCLIPS//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event(
    uid: str, changed_at: datetime, path: str, summary: str, description: str, **extra_fields: Any
) -> Event:
    """An event with a link to one of our pages. The `uid` must stay the same when the date changes."""
    calendar_event = Event()
    fields = {"uid": f"{uid}@{settings.SITE_HOST}", "dtstamp": changed_at, "summary": summary}
    fields |= {"description": description, "url": settings.SITE_URL + path}
    for field, value in (fields | extra_fields).items():
        calendar_event.add(field, value)
    return calendar_event


def all_day_fields(day: date) -> dict[str, Any]:
    """The fields of an event that lasts the whole day and does not mark it as busy."""
    return {"dtstart": day, "dtend": day + timedelta(days=1), "transp": "TRANSPARENT"}
