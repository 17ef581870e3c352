"""When discs are on the street: by month for the page, and as a calendar for other programs."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone

from films.models import Release
from magazine.calendars import all_day_fields, calendar_file, event

CALENDAR_HISTORY = timedelta(days=365)  # how far back the calendar for other programs goes
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
        return [
            (day, [(release, reviews.get(release.pk)) for release in day_releases])
            for day, day_releases in days
        ]


def street_dates_ics():
    """Every street date from a year ago on, as an iCalendar file in bytes; one query."""
    since = timezone.localdate() - CALENDAR_HISTORY
    releases = Release.objects.with_street_date_between(since, date(YEARS[-1], 12, 31))
    return calendar_file("Street dates", "Discs on the street, by cinemaCLIPS", map(_event, releases))


def _event(release):
    return event(
        f"release-{release.pk}",
        release.updated_at,
        release.film.get_absolute_url(),
        f"{release.film.title}: {release.edition_label}",
        ". ".join(filter(None, [release.distributor, release.edition])),
        **all_day_fields(release.street_date),
    )
