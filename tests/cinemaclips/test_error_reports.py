"""Errors are grouped by kind, shown at the desk, and mailed once a day for each kind."""

import json
import logging
import os
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cinemaclips import error_reports, error_spool
from cinemaclips.environment import addresses
from cinemaclips.error_reports import collect_errors, error_notices, mail_due_groups
from cinemaclips.error_spool import ErrorSpoolHandler, title_of
from cinemaclips.models import ErrorGroup
from fans.models import Mail
from fans.outbox import build_message
from tests.factories import make_staff


@pytest.fixture(autouse=True)
def spool(settings, tmp_path):
    settings.ERROR_SPOOL, settings.ERRORS_TO = tmp_path / "errors.jsonl", ["owner@example.org"]
    return settings.ERROR_SPOOL


def collect():
    """What two rounds of the worker do."""
    collect_errors()
    collect_errors()


def break_front_page(monkeypatch, times=1):
    def broken():
        raise ValueError("Key (email)=(anna@example.net) is odd")

    monkeypatch.setattr("cinemaclips.views.front.front_page_context", broken)
    for _ in range(times):
        Client(raise_request_exception=False).get("/")


def test_an_error_of_a_page_is_one_kind_with_its_place_and_without_addresses(db, monkeypatch):
    break_front_page(monkeypatch, times=3)
    collect()

    group = ErrorGroup.objects.get()
    assert group.count == 3 and group.title == str(group)
    assert group.title == "ValueError in tests/cinemaclips/test_error_reports.py, broken"
    assert "Key (email)=([e-mail]) is odd" in group.sample and "example.net" not in group.sample
    assert group.sample.startswith("Request ")


def test_the_mail_names_all_kinds_and_is_sent_once_a_day(db, monkeypatch):
    break_front_page(monkeypatch)
    logging.getLogger("fans.outbox").error("No mail leaves: %s", "b")
    collect()
    message = build_message(Mail.objects.get())
    assert message.subject == "2 kinds of errors at 127.0.0.1" and message.to == ["owner@example.org"]
    assert "fans.outbox: No mail leaves: %s" in message.body and "Traceback" in message.body

    break_front_page(monkeypatch)
    collect()
    assert Mail.objects.count() == 1

    ErrorGroup.objects.update(mailed_at=timezone.now() - timedelta(days=2))
    mail_due_groups(timezone.now())
    assert Mail.objects.count() == 2
    ErrorGroup.objects.update(
        mailed_at=timezone.now() - timedelta(days=2), last_seen_at=timezone.now() - timedelta(days=3)
    )
    mail_due_groups(timezone.now())
    assert Mail.objects.count() == 2


def test_a_new_kind_waits_ten_minutes_after_the_last_mail(db):
    now = timezone.now()
    ErrorGroup.objects.add("first", now, "")
    mail_due_groups(now)
    ErrorGroup.objects.add("second", now, "")
    mail_due_groups(now + timedelta(minutes=9))
    assert Mail.objects.count() == 1
    mail_due_groups(now + timedelta(minutes=11))
    assert build_message(Mail.objects.first()).subject == "An error at 127.0.0.1: second"


def test_without_an_address_nothing_is_mailed_and_the_desk_says_it(db, client, settings):
    settings.ERRORS_TO = []
    logging.getLogger("x").error("Torn.")
    collect()
    client.force_login(make_staff("administrator"))

    assert not Mail.objects.exists()
    assert "x: Torn. (1 times)" in client.get("/desk/").content.decode()
    page = client.get(f"/desk/cinemaclips/errorgroup/{ErrorGroup.objects.get().pk}/change/").content.decode()
    assert "x: Torn." in page and "Save" not in page
    assert client.get("/desk/cinemaclips/errorgroup/add/").status_code == 403
    assert not error_notices(timezone.now() + timedelta(days=2))


def test_what_a_stranger_causes_is_no_error_of_ours(db, spool):
    Client().get("/", headers={"host": "evil.example"})
    logging.getLogger("x").warning("Not an error.")
    assert not spool.exists()


def test_a_full_spool_and_a_disk_that_cannot_be_written_lose_nothing_else(db, spool, monkeypatch):
    monkeypatch.setattr(error_spool, "MAX_SPOOL", 100)
    for _ in range(5):
        logging.getLogger("x").error("Torn %s", "y" * 100)
    assert spool.read_text().count("\n") == 1
    spool.unlink()
    monkeypatch.setattr(error_spool.os, "open", lambda *args: (_ for _ in ()).throw(OSError("read-only")))
    logging.getLogger("x").error("Torn")
    assert not spool.exists()


def test_a_line_that_was_cut_off_is_left_out(db, spool):
    now = timezone.now()
    line = json.dumps({"title": "whole", "at": now.isoformat(), "sample": ""})
    spool.write_text(f"{line}\n{line[:20]}")
    collect()
    assert [group.title for group in ErrorGroup.objects.all()] == ["whole"]


def test_old_kinds_are_deleted(db):
    ErrorGroup.objects.add("old", timezone.now() - error_reports.RETENTION - timedelta(days=1), "")
    collect()
    assert not ErrorGroup.objects.exists()


def test_the_spool_is_for_its_owner_alone(spool):
    logging.getLogger("x").error("Torn")
    assert os.stat(spool).st_mode & 0o777 == 0o600


def test_an_error_of_a_library_is_named_by_where_it_is(db):
    try:
        json.loads("{")
    except ValueError as error:
        error.__traceback__ = error.__traceback__.tb_next  # without the frame of this test
        record = logging.LogRecord(
            "x", logging.ERROR, "", 1, "m", (), (type(error), error, error.__traceback__)
        )
        assert title_of(record) == "JSONDecodeError in decoder.py, raw_decode"
        record.exc_info = (type(error), error, None)
        assert title_of(record) == "JSONDecodeError in an unknown place"
    ErrorSpoolHandler().emit(record)


def test_addresses_that_are_none_are_refused_with_a_sentence(monkeypatch):
    monkeypatch.setenv("ERRORS_TO", "a@example.org, b@example.org")
    assert addresses("ERRORS_TO") == ["a@example.org", "b@example.org"]
    monkeypatch.setenv("ERRORS_TO", "owner")
    with pytest.raises(
        SystemExit, match="ERRORS_TO must be e-mail addresses divided by commas; 'owner' is none."
    ):
        addresses("ERRORS_TO")
