"""Contests and steps that the tests of the draw share."""

from datetime import timedelta

from django.utils import timezone

from contest import awarding
from contest.models import Contest
from tests.factories import make_contest, make_entry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLAIM = {
    "full_name": "Ana Maria Moss", "street": "1 Main St", "town": "Tempe", "state": "AZ", "postcode": "85281",
    "country": "United States",
}  # fmt: skip


def now():
    return timezone.now().replace(microsecond=0)


def make_closed_contest(**fields):
    """A contest that closed three days ago, whose beacon is drawn in two days."""
    fields = {"opens_at": now() - 20 * DAY, "closes_at": now() - 3 * DAY} | fields
    return make_contest(**{"sources": [("drand", now() + 2 * DAY)]} | fields)


def make_closed_contest_with_entries(count=5, **fields):
    contest = make_closed_contest(**fields)
    for number in range(count):
        make_entry(contest, f"fan{number}@example.com", at=contest.closes_at - DAY)
    return contest


def placements(contest):
    return awarding.placements(Contest.objects.with_terms().get(pk=contest.pk))


def claim_prize(placement, **fields):
    fields = {"full_name": "A B", "street": "1", "town": "T"} | fields
    assert awarding.claim(placement.entry.award, fields, now())
