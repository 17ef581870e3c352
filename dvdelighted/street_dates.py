"""Street dates of discs: by month for the page, and as an iCalendar file."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple, Self, cast

from django.utils import timezone
from icalendar import Event

from dvdelighted.models import DiscReview
from films.models import Release
from magazine.calendars import all_day_fields, calendar_file, event

CALENDAR_HISTORY = timedelta(days=365)  # how far back the iCalendar file goes
YEARS = range(1980, 2101)


# A street date, and the editions of that day with their reviews.
type Day = tuple[date | None, list[tuple[Release, DiscReview | None]]]


class Month(NamedTuple):
    """A month of the street-date calendar, by its first and last day."""

    first: date
    last: date

    @classmethod
    def of(cls, year: int | None, month: int | None) -> Self | None:
        """This month, or the current one if no month is given. None if there is no such month."""
        if year is None or month is None:
            today = timezone.localdate()
            year, month = today.year, today.month
        if year not in YEARS or month not in range(1, 13):
            return None
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    def by_day(self, releases: Iterable[Release], reviews: Mapping[int, DiscReview]) -> list[Day]:
        """Group `releases`, which are sorted by street date: (day, [(edition, its review or None), …])."""
        days = groupby(releases, lambda release: release.street_date)
        return [
            (day, [(release, reviews.get(release.pk)) for release in day_releases])
            for day, day_releases in days
        ]


def street_dates_ics() -> bytes:
    """All street dates from a year ago on, as an iCalendar file; one query."""
    since = timezone.localdate() - CALENDAR_HISTORY
    releases = Release.objects.with_street_date_between(since, date(YEARS[-1], 12, 31))
    return calendar_file("Street dates", "Discs on the street, by cinemaCLIPS", map(_event, releases))


def _event(release: Release) -> Event:
    return event(
        f"release-{release.pk}",
        release.updated_at,
        release.film.get_absolute_url(),
        f"{release.film.title}: {release.edition_label}",
        ". ".join(filter(None, [release.distributor, release.edition])),
        **all_day_fields(cast(date, release.street_date)),  # selected by its street date
    )
