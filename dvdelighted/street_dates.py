"""When discs are on the street: by month for the page, and as a calendar for other programs."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from films.models import Release

FROM_THE_PAST = timedelta(days=365)  # how far back the calendar for other programs goes
YEARS = range(1980, 2101)


class Month(NamedTuple):
    """One page of the street-date calendar."""

    first: date
    last: date

    @classmethod
    def of(cls, year, month):
        """That month, or this one if none is named; None if there is no such month."""
        if year is None:
            today = timezone.localdate()
            year, month = today.year, today.month
        if year not in YEARS or month not in range(1, 13):
            return None
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    def by_day(self, releases, reviews):
        """(day, [(edition, its review or None), …]) of `releases` in order of their street dates."""
        days = groupby(releases, lambda release: release.street_date)
        return [(day, [(release, reviews.get(release.pk)) for release in each]) for day, each in days]


def feed_of_dates():
    """Every street date from a year ago on, as an iCalendar file in bytes; one query."""
    today = timezone.localdate()
    calendar = Calendar()
    calendar.add("prodid", "-//cinemaCLIPS//Street dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Discs on the street, by cinemaCLIPS")
    for release in Release.objects.on_the_street(today - FROM_THE_PAST, date(YEARS[-1], 12, 31)):
        calendar.add_component(_event(release))
    return calendar.to_ical()


def _event(release):
    event = Event()
    event.add("uid", f"release-{release.pk}@{settings.SITE_HOST}")
    event.add("dtstamp", release.updated_at)
    event.add("dtstart", release.street_date)
    event.add("dtend", release.street_date + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{release.film.title}: {release.box}")
    event.add("description", ". ".join(filter(None, [release.distributor, release.edition])))
    event.add("url", settings.SITE_URL + release.film.get_absolute_url())
    return event
