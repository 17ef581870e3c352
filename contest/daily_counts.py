"""How many entries a contest got on each day, published before the draw."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contest.models import AuditEvent, Contest


def record_daily_counts(now: datetime) -> None:
    """
    Record the number of entries of each finished day in the audit log, until the list is frozen.

    With these published counts, staff could not add invented entries later without being noticed.
    """
    for contest in Contest.objects.filter(opens_at__lte=now, audit_log__kind="opened", freeze__isnull=True):
        counted = {event.payload["day"] for event in contest.audit_log.filter(kind="counted")}
        for day, end in _finished_days(contest, now):
            if str(day) not in counted:
                _record_count(contest, day, end, now)


def _finished_days(contest: Contest, now: datetime) -> Iterator[tuple[date, datetime]]:
    """(day, its end) of each day in the contest's zone that is over, up to the last day of confirmations."""
    zone = ZoneInfo(contest.zone)
    day, last_day = contest.opens_at_local.date(), contest.confirm_by.astimezone(zone).date()
    while day <= last_day:
        end = datetime.combine(day + timedelta(days=1), time(), zone)
        if end > now:
            return
        yield day, end
        day += timedelta(days=1)


def _record_count(contest: Contest, day: date, end: datetime, now: datetime) -> None:
    until = contest.entries.confirmed().filter(confirmed_at__lt=end)
    since = until.filter(confirmed_at__gte=end - timedelta(days=1))
    AuditEvent.objects.append(
        contest, "counted", at=now, day=str(day), entries=since.count(), all=until.count()
    )
