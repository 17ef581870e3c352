"""Air times as a calendar for other programs."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from about.models import Airing

FROM_THE_PAST = timedelta(days=30)


def feed_of_airings():
    """Every broadcast from a month ago on, as an iCalendar file in bytes; one query."""
    calendar = Calendar()
    calendar.add("prodid", "-//cinemaCLIPS//Air times//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "CLIPS on the air")
    since = timezone.now() - FROM_THE_PAST
    for airing in Airing.objects.of_published().filter(starts_at__gte=since).order_by("starts_at"):
        calendar.add_component(_event(airing))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(airing):
    zone = ZoneInfo(airing.channel.zone)
    event = Event()
    event.add("uid", f"airing-{airing.pk}@{settings.SITE_HOST}")
    event.add("dtstamp", airing.episode.updated_at)
    event.add("dtstart", airing.starts_at.astimezone(zone))
    event.add("dtend", airing.ends_at.astimezone(zone))
    event.add("summary", f"CLIPS: {airing.episode.title}")
    event.add("description", airing.episode.description)
    event.add("location", ", ".join(filter(None, [airing.channel.name, airing.channel.place])))
    event.add("url", settings.SITE_URL + airing.episode.get_absolute_url())
    return event
