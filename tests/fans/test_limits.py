from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from fans.limits import address_of, forget_tallies, knock
from fans.models import Tally

HOUR = timedelta(hours=1)


def test_knocks_are_counted_by_door_and_visitor(db):
    assert [
        knock("a", "ana", HOUR),
        knock("a", "ana", HOUR),
        knock("a", "bob", HOUR),
        knock("b", "ana", HOUR),
    ] == [1, 2, 1, 1]


def test_a_new_window_begins_at_one_and_under_another_name(db, monkeypatch):
    knock("a", "ana", HOUR)
    later = timezone.now() + HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert knock("a", "ana", HOUR) == 1
    first, second = Tally.objects.all()
    assert first.visitor != second.visitor and "ana" not in first.visitor
    assert str(first) == "a: 1"


def test_tallies_are_forgotten_after_a_day(db, monkeypatch):
    knock("a", "ana", HOUR)
    forget_tallies()
    assert Tally.objects.count() == 1

    later = timezone.now() + timedelta(days=1, hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    forget_tallies()
    assert Tally.objects.count() == 0


@pytest.mark.parametrize(
    ("trusted", "forwarded", "remote", "address"),
    [
        (0, "203.0.113.9", "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "rubbish", "10.0.0.1", "unknown"),
    ],
)
def test_who_a_visitor_is(settings, trusted, forwarded, remote, address):
    settings.TRUSTED_PROXIES = trusted
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == address
