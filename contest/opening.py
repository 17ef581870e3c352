"""What the clock does with a contest before its draw: it opens, and its days are counted."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from contest.models import Act, Contest
from contest.official_rules import keep_rules


def publish(contest, now, by=""):
    """Keep the rules of a contest that is published or scheduled, and note which they are."""
    rules = keep_rules(contest)
    said = {"version": rules.version, "sha256": rules.sha256}
    if not any(act.details == said for act in contest.acts.filter(kind="published")):
        Act.objects.enter(contest, "published", by, at=now, **said)
    return rules


def open_due(now):
    """Record the opening of every contest whose time has come: from here on its terms stay."""
    for contest in Contest.objects.to_open(now).with_terms():
        record_opening(contest, now)


@transaction.atomic
def record_opening(contest, now):
    """Freeze the terms of one contest, once."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if not held.acts.filter(kind="opened").exists():
        rules = publish(contest, now)
        Act.objects.enter(contest, "opened", at=now, rules=rules.sha256, version=rules.version)


def count_days(now):
    """
    Note how many entries each finished day has brought, while a contest runs and till its list is frozen.

    Entries that staff invented later would have to be in a count that was published before.
    """
    for contest in Contest.objects.filter(opens_at__lte=now, acts__kind="opened", freeze__isnull=True):
        zone = ZoneInfo(contest.zone)
        counted = {act.details["day"] for act in contest.acts.filter(kind="counted")}
        day = contest.opens.date()
        while (end := datetime.combine(day + timedelta(days=1), time(), zone)) <= now and day <= _last(
            contest
        ):
            if str(day) not in counted:
                confirmed = contest.entries.confirmed()
                until = confirmed.filter(confirmed_at__lt=end)
                since = until.filter(confirmed_at__gte=end - timedelta(days=1))
                Act.objects.enter(
                    contest, "counted", at=now, day=str(day), entries=since.count(), all=until.count()
                )
            day += timedelta(days=1)


def _last(contest):
    return contest.confirm_by.astimezone(ZoneInfo(contest.zone)).date()
