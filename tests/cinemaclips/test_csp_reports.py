"""Reports about the content security policy: one line each in the log, without personal data, and not too many."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from cinemaclips.views import csp_reports

SECRET = "3f9c0de5secret"
OLD_FORM = {
    "csp-report": {
        "effective-directive": "script-src-elem",
        "blocked-uri": f"https://evil.example/x.js?{SECRET}",
        "document-uri": "https://magazine.example/search/?q=ana@example.com",
    }
}
NEW_FORM = [
    {
        "type": "csp-violation",
        "body": {
            "effectiveDirective": "require-trusted-types-for",
            "blockedURL": "trusted-types-sink",
            "documentURL": f"https://magazine.example/my-data/{SECRET}/x/y/",
        },
    },
    {"type": "csp-violation"},
]


def send(report, **headers):
    body = report if isinstance(report, bytes) else json.dumps(report).encode()
    return Client(enforce_csrf_checks=True).post(
        reverse("csp_reports"), body, content_type="application/csp-report", **headers
    )


def test_a_report_is_one_line_that_names_directive_host_and_route(db, caplog):
    assert send(OLD_FORM).status_code == 204
    assert caplog.messages == ["Content policy: script-src-elem blocked evil.example on search"]


def test_the_newer_form_has_several_reports(db, caplog):
    assert send(NEW_FORM).status_code == 204
    assert caplog.messages == [
        "Content policy: require-trusted-types-for blocked trusted-types-sink on an unknown page",
        "Content policy: unknown blocked something on an unknown page",
    ]
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "hostile",
    [
        {
            "csp-report": {
                "effective-directive": "a\nERROR forged line",
                "blocked-uri": "http://[",
                "document-uri": "//[",
            }
        },
        {"csp-report": {"effective-directive": ["x"], "blocked-uri": {"a": 1}, "document-uri": 7}},
        {"csp-report": "words"},
        {},
    ],
)
def test_a_hostile_report_writes_no_line_of_its_own(db, caplog, hostile):
    assert send(hostile).status_code == 204
    assert caplog.messages == ["Content policy: unknown blocked something on an unknown page"]


@pytest.mark.parametrize("unreadable", [b"", b"not JSON", b"\xff", b"7", b'"word"', b"[7]", b"[" * 9000])
def test_an_unreadable_report_is_refused_in_a_sentence(db, caplog, unreadable):
    response = send(unreadable)
    assert response.status_code == 400 and b"must be JSON" in response.content
    assert not caplog.messages


def test_a_long_report_is_refused_unread(db):
    assert send(b"x" * (csp_reports.MAX_BYTES + 1)).status_code == 413


def test_more_reports_than_anybody_could_read_are_not_logged(db, caplog, monkeypatch):
    monkeypatch.setattr(csp_reports, "REPORTS_OF_A_NETWORK", 2)
    monkeypatch.setattr(csp_reports, "REPORTS_IN_ALL", 3)
    own = [send(OLD_FORM, REMOTE_ADDR="203.0.113.1").status_code for _ in range(3)]
    others = [send(OLD_FORM, REMOTE_ADDR=f"203.0.113.{n}").status_code for n in (2, 3)]
    assert own == [204, 204, 429] and others == [204, 429]
    assert len(caplog.messages) == 3
