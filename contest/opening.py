"""What the clock does with a contest before its draw: it opens, and its days are counted."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction

from contest.models import AuditEvent, Contest
from contest.official_rules import save_rules_version

if TYPE_CHECKING:
    from contest.models import Rules


def record_published_rules(contest: Contest, now: datetime, actor: str = "") -> "Rules":
    """Keep the rules of a contest that is published or scheduled, and note which they are."""
    rules = save_rules_version(contest)
    payload = {"version": rules.version, "sha256": rules.sha256}
    if not any(event.payload == payload for event in contest.audit_log.filter(kind="published")):
        AuditEvent.objects.append(contest, "published", actor, at=now, **payload)
    return rules


def open_due_contests(now: datetime) -> None:
    """Record the opening of every contest whose time has come: from here on its terms stay."""
    for contest in Contest.objects.due_to_open(now).with_terms():
        record_opening(contest, now)


@transaction.atomic
def record_opening(contest: Contest, now: datetime) -> None:
    """Freeze the terms of one contest, once."""
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    if not locked.audit_log.filter(kind="opened").exists():
        rules = record_published_rules(contest, now)
        AuditEvent.objects.append(contest, "opened", at=now, rules=rules.sha256, version=rules.version)


def record_daily_counts(now: datetime) -> None:
    """
    Note how many entries each finished day has brought, while a contest runs and till its list is frozen.

    Entries that staff invented later would have to be in a count that was published before.
    """
    for contest in Contest.objects.filter(opens_at__lte=now, audit_log__kind="opened", freeze__isnull=True):
        zone = ZoneInfo(contest.zone)
        counted = {event.payload["day"] for event in contest.audit_log.filter(kind="counted")}
        day = contest.opens_at_local.date()
        while (
            end := datetime.combine(day + timedelta(days=1), time(), zone)
        ) <= now and day <= _last_counted_day(contest):
            if str(day) not in counted:
                confirmed = contest.entries.confirmed()
                until = confirmed.filter(confirmed_at__lt=end)
                since = until.filter(confirmed_at__gte=end - timedelta(days=1))
                AuditEvent.objects.append(
                    contest, "counted", at=now, day=str(day), entries=since.count(), all=until.count()
                )
            day += timedelta(days=1)


def _last_counted_day(contest: Contest) -> date:
    return contest.confirm_by.astimezone(ZoneInfo(contest.zone)).date()
