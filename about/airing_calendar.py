"""The airings as an iCalendar file."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Event

from about.models import Airing
from magazine.calendars import calendar_file, event

PAST_SHOWN = timedelta(days=30)


def airings_ical() -> bytes:
    """All airings since a month ago, as the bytes of an iCalendar file; one query."""
    since = timezone.now() - PAST_SHOWN
    airings = Airing.objects.of_published_episodes().filter(starts_at__gte=since).order_by("starts_at")
    return calendar_file("Air times", "CLIPS on the air", map(_event, airings))


def _event(airing: Airing) -> Event:
    zone, episode = ZoneInfo(airing.channel.zone), airing.episode
    return event(
        f"airing-{airing.pk}",
        episode.updated_at,
        episode.get_absolute_url(),
        f"CLIPS: {episode.title}",
        episode.description,
        dtstart=airing.starts_at.astimezone(zone),
        dtend=airing.ends_at.astimezone(zone),
        location=", ".join(filter(None, [airing.channel.name, airing.channel.coverage_area])),
    )
