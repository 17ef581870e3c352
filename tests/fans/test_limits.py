from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from fans.client_networks import client_network
from fans.limits import purge_rate_limit_counters, record_hit
from fans.models import RateLimitCounter

HOUR = timedelta(hours=1)


def test_hits_are_counted_by_scope_and_visitor(db):
    assert [
        record_hit("a", "ana", HOUR),
        record_hit("a", "ana", HOUR),
        record_hit("a", "bob", HOUR),
        record_hit("b", "ana", HOUR),
    ] == [1, 2, 1, 1]


def test_a_new_window_counts_from_one_under_another_pseudonym(db, monkeypatch):
    record_hit("a", "ana", HOUR)
    later = timezone.now() + HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert record_hit("a", "ana", HOUR) == 1
    first, second = RateLimitCounter.objects.all()
    assert first.visitor_pseudonym != second.visitor_pseudonym and "ana" not in first.visitor_pseudonym
    assert str(first) == "a: 1"


def test_counters_are_purged_after_a_day(db, monkeypatch):
    record_hit("a", "ana", HOUR)
    purge_rate_limit_counters()
    assert RateLimitCounter.objects.count() == 1

    later = timezone.now() + timedelta(days=1, hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    purge_rate_limit_counters()
    assert RateLimitCounter.objects.count() == 0


@pytest.mark.parametrize(
    ("trusted", "forwarded", "remote", "network"),
    [
        (0, "203.0.113.9", "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "rubbish", "10.0.0.1", "unknown"),
        (1, "203.0.113.9:51234", "10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8:1:2::9]:51234", "10.0.0.1", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2::9]", "10.0.0.1", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "", "203.0.113.9"),  # gunicorn listens on a Unix socket
        (0, "203.0.113.9", "", "203.0.113.9"),
        (1, "203.0.113.9, unix:", "10.0.0.1", "203.0.113.9"),
        (0, "", "", "unknown"),
        (1, "1.2.3:4:5", "10.0.0.1", "unknown"),
    ],
)
def test_the_client_network_is_read_behind_trusted_proxies(settings, trusted, forwarded, remote, network):
    settings.TRUSTED_PROXIES = trusted
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == network
