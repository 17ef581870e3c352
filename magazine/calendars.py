"""What the magazine tells calendars of other programs: one file, one way of naming and linking an event."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event


def calendar_file(product, name, events):
    """An iCalendar file in bytes; `product` tells programs which of ours it is, `name` is for people."""
    calendar = Calendar()
    calendar.add("prodid", f"-//cinemaCLIPS//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event(uid, changed_at, path, summary, description, **extra_fields):
    """Something that leads to a page of ours: it keeps its `uid` for ever, whatever happens to its day."""
    calendar_event = Event()
    fields = {"uid": f"{uid}@{settings.SITE_HOST}", "dtstamp": changed_at, "summary": summary}
    fields |= {"description": description, "url": settings.SITE_URL + path}
    for field, value in (fields | extra_fields).items():
        calendar_event.add(field, value)
    return calendar_event


def all_day_fields(day):
    """The fields of an event that takes a whole day and keeps nobody busy."""
    return {"dtstart": day, "dtend": day + timedelta(days=1), "transp": "TRANSPARENT"}
