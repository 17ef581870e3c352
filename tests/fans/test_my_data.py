"""Personal data: only its owner sees, exports and erases it, after a mailed link and a button."""

import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cinemaclips import background_jobs
from fans import visitor_cookies
from fans.email_addresses import canonical_email, pseudonym
from fans.models import Consent, Fan, Mail
from fans.personal_data import erase_all, export_all
from tests.factories import fan_cookie, make_fan, make_letter
from tests.outbox import deliver, link_in


def ask(client, monkeypatch, email, waited=10):
    """Ask for the link `waited` seconds after opening the form, as a person does."""
    stamp = client.get("/my-data/").context["form"]["stamp"].value()
    now = time.time()
    with monkeypatch.context() as clock:
        clock.setattr("django.core.signing.time.time", lambda: now + waited)
        return client.post("/my-data/", {"email": email, "stamp": stamp})


@pytest.fixture
def known(client, db):
    """A browser with the cookie of a fan."""
    client.cookies[visitor_cookies.FAN_COOKIE] = fan_cookie("ana@example.com")
    return client


def test_a_mailed_link_and_a_button_lead_to_my_data(client, db, monkeypatch):
    make_letter(email="Ana@Example.com", text="The reel was upside down.")
    assert ask(client, monkeypatch, "ana@example.com").url == "/my-data/sent/"
    link = link_in(deliver()[0])

    assert not Fan.objects.exists()
    page = client.get(link)
    assert page.status_code == 200 and "fan" not in page.cookies and not Fan.objects.exists()
    assert client.post(link).url == "/my-data/"
    shown = client.get("/my-data/").content.decode()
    assert "The reel was upside down." in shown and "ana@example.com" in shown


def test_the_response_is_the_same_whether_we_hold_data_or_not(client, db, monkeypatch):
    make_letter(email="ana@example.com")
    known, unknown = (ask(client, monkeypatch, each) for each in ("ana@example.com", "bob@example.com"))

    assert (known.status_code, known.url, known.content) == (
        unknown.status_code,
        unknown.url,
        unknown.content,
    )
    assert [each.to for each in deliver()] == [["ana@example.com"]]


def test_a_form_that_looks_like_spam_gets_no_mail_and_the_same_response(client, db, monkeypatch):
    make_letter(email="ana@example.com")

    assert ask(client, monkeypatch, "ana@example.com", waited=1).url == "/my-data/sent/"
    assert deliver() == []


def test_one_address_gets_three_links_a_day_at_most(client, db, monkeypatch):
    make_letter(email="ana@example.com")
    for number in range(7):
        assert ask(client, monkeypatch, "ana@example.com", waited=10 + number).status_code == 302

    assert len(deliver()) == 3


def test_too_many_forms_are_refused(client, db, monkeypatch):
    for _ in range(10):
        ask(client, monkeypatch, "ana@example.com")

    assert ask(client, monkeypatch, "ana@example.com").status_code == 429


def test_an_invalid_address_shows_an_error(client, db, monkeypatch):
    response = ask(client, monkeypatch, "no address")

    assert response.status_code == 422 and "invalid-feedback" in response.content.decode()


@pytest.mark.parametrize("token", ["forged", "ImFuYUBleGFtcGxlLmNvbSI:1vdaaa:bbb"])
def test_a_forged_link_is_refused(client, db, token):
    for response in (client.get(f"/my-data/{token}/"), client.post(f"/my-data/{token}/")):
        assert response.status_code == 404 and "has run out" in response.content.decode()
    assert not Fan.objects.exists()


def test_a_link_is_valid_for_an_hour(client, db, monkeypatch):
    make_letter(email="ana@example.com")
    ask(client, monkeypatch, "ana@example.com")
    link = link_in(deliver()[0])
    later = time.time() + 3600 + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert client.get(link).status_code == 404


def test_personal_data_can_be_exported(known):
    response = known.get("/my-data/data.json")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(response.content)["address"][0]["e-mail"] == "ana@example.com"
    assert "no-store" in response.headers["Cache-Control"]
    assert Client().get("/my-data/data.json").url == "/my-data/"


def test_consent_can_be_withdrawn(known):
    fan = Fan.objects.get()
    Consent.objects.create(fan=fan, purpose="newsletter", words="Yes, do.", source="A form")
    assert "Yes, do." in known.get("/my-data/").content.decode()
    known.post("/my-data/", {"withdraw": "1"})

    assert not fan.consents.active().exists() and fan.consents.count() == 1
    assert str(fan.consents.get()) == "Newsletter: ana@example.com"


def test_a_fan_can_log_out(known):
    known.post("/my-data/", {"leave": "1"})

    assert known.get("/my-data/").context.get("fan") is None
    assert Fan.objects.exists()


def test_a_mail_is_shown_by_its_subject(known):
    Mail.objects.enqueue("fans/mail/login_link", "ana@example.com", key="one", context={"token": "x"})
    page = known.get("/my-data/").content.decode()

    assert "What cinemaCLIPS holds on you" in page and "fans/mail" not in page


def test_erasing_needs_confirmation_and_erases_everything(known):
    make_letter(email="ana@example.com", name="Ana")
    Mail.objects.enqueue("fans/mail/login_link", "ana@example.com", key="one", context={"token": "x"})
    assert known.post("/my-data/", {"erase": "1"}).status_code == 422
    assert Fan.objects.exists()

    page = known.post("/my-data/", {"erase": "1", "sure": "on"})
    assert "Letters you wrote stay" in page.content.decode()
    assert export_all("ana@example.com") == {}
    assert not Fan.objects.exists() and deliver() == []
    assert known.get("/my-data/").context.get("fan") is None


def test_erasing_without_records_to_keep_lists_none(known):
    assert known.post("/my-data/", {"erase": "1", "sure": "on"}).url == "/my-data/erased/"
    assert erase_all("ana@example.com", timezone.now()) == []


def test_all_spellings_of_an_address_have_one_canonical_form():
    assert canonical_email(" Zoe\u0308@Example.NET ") == "zoë@example.net"
    assert (
        pseudonym("A@example.com", "x") == pseudonym(" a@EXAMPLE.com", "x") != pseudonym("a@example.com", "y")
    )


def test_idle_since_excludes_active_fans_and_consents(db):
    old, now = make_fan("old@example.com"), timezone.now()
    Fan.objects.update(confirmed_at=now - timedelta(days=800), seen_at=now - timedelta(days=800))
    make_fan("new@example.com")
    assert list(Fan.objects.idle_since(now - timedelta(days=400))) == [old]
    Consent.objects.create(fan=old, purpose="newsletter", words="Yes", source="A form")

    assert not Fan.objects.idle_since(now - timedelta(days=400)).exists()
    assert str(old) == "old@example.com"


def test_the_worker_deletes_idle_fans(db):
    fan = make_fan("old@example.com")
    Fan.objects.update(
        confirmed_at=fan.seen_at - background_jobs.FAN_RETENTION,
        seen_at=fan.seen_at - background_jobs.FAN_RETENTION,
    )
    make_fan("new@example.com")
    background_jobs.purge_fans()

    assert [each.email for each in Fan.objects.all()] == ["new@example.com"]


def test_a_local_site_shows_its_mail(client, db, settings, tmp_path, monkeypatch):
    settings.MAILBOX = tmp_path / "mailbox"
    make_letter(email="ana@example.com")
    assert "Nothing yet" in client.get("/mailbox/").content.decode()
    settings.MAILERS = {"default": {"BACKEND": "fans.mailbox.EmailBackend"}}
    ask(client, monkeypatch, "ana@example.com")
    deliver()

    page = client.get("/mailbox/").content.decode()
    assert "What cinemaCLIPS holds on you" in page and 'href="http://127.0.0.1' in page


def test_a_site_that_sends_mail_has_no_mailbox_page(client, db, settings):
    settings.MAILBOX = None

    assert client.get("/mailbox/").status_code == 404
