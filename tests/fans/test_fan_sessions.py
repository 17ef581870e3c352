"""A mailed link is used once, ends, and is no log-in; a browser is recognised as long as the server says so."""

import time
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from cinemaclips import background_jobs
from contest import entering
from contest.models import Entry
from fans import mailed_links
from fans.forms import mail_login_link
from fans.models import Fan, FanSession, Mail, UsedLink
from fans.models.fan_sessions import FRESHNESS, SESSION_AGE
from fans.visitor_cookies import FAN_COOKIE, FAN_SALT
from reelrequests import reader_actions
from reelrequests.models import Vote
from tests.factories import fan_cookie, make_contest, make_entry, make_letter, make_request, make_vote
from tests.outbox import deliver, link_in

ANA, SECOND = "ana@example.com", timedelta(seconds=1)


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock of the database's rows and of signatures on by a delay; `rows_only` leaves signatures."""
    real_now, real_time, passed = timezone.now, time.time, [timedelta(0), timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: real_now() + passed[0])
    monkeypatch.setattr("django.core.signing.time.time", lambda: real_time() + passed[1].total_seconds())

    def move(delay, rows_only=False):
        passed[0] += delay
        passed[1] += timedelta(0) if rows_only else delay

    return move


def contest_link(closes_in=timedelta(days=30)):
    now = timezone.now()
    contest = make_contest(opens_at=now - timedelta(days=9), closes_at=now + closes_in)
    entry = make_entry(contest, ANA, confirmed=False)
    entering._mail_confirm_link(entry)
    return entry


def vote_link():
    vote = make_vote(make_request(), ANA, confirmed=False)
    reader_actions._mail_confirm_link(vote, timezone.now())
    return vote


def login_link():
    make_letter(email=ANA)
    mail_login_link(ANA, timezone.now())


def work_done():
    """What the buttons have done."""
    return Entry.objects.confirmed().count() + Vote.objects.confirmed().count()


KINDS = {
    "contest": (contest_link, timedelta(hours=72)),
    "vote": (vote_link, timedelta(hours=72)),
    "log-in": (login_link, timedelta(hours=1)),
}


@pytest.fixture(params=KINDS)
def kind(request, db):
    return KINDS[request.param]


def pages_of_fan(client):
    """Whether the pages recognise the fan of this browser."""
    own = client.get("/my-data/").context.get("fan")
    assert (client.get("/reel-requests/yours/").context["fan"] is not None) == bool(own)
    return bool(own)


# Links


def test_only_the_first_press_recognises_the_browser(kind):
    make_link, _ = kind
    make_link()
    link = link_in(deliver()[0])
    first, second = Client(), Client()
    assert first.get(link).status_code == 200 and not first.cookies and not Fan.objects.exists()

    assert first.post(link).status_code == 302 and pages_of_fan(first)
    done = work_done()
    again = second.post(link)
    assert FAN_COOKIE not in again.cookies and not pages_of_fan(second)
    assert FAN_COOKIE not in second.get(link).cookies
    assert work_done() == done and FanSession.objects.count() == 1


def test_a_second_press_shows_what_is(db):
    contest_link()
    vote_link()
    contest, vote = (link_in(message) for message in deliver())
    receipt = Client().post(contest).url
    Client().post(vote)

    assert Client().post(contest).url == receipt and "/receipts/" in receipt
    assert "You are counted" in Client().get(vote).content.decode()
    assert Client().post(vote).url == "/reel-requests/yours/"


def test_a_used_link_confirms_nothing_after_the_receipt_is_gone(db):
    """Two forms, two links: after the first is confirmed and erased, the used second link starts nothing anew."""
    entry = contest_link()
    twin = make_entry(entry.contest, ANA, confirmed=False)
    entering._mail_confirm_link(twin)
    first, second = (link_in(message) for message in deliver()[:2])
    assert Client().post(first).url == Client().post(second).url
    Entry.objects.filter(pk=entry.pk).delete()

    assert Client().post(second).status_code == 404
    assert not Entry.objects.confirmed().exists()


def test_a_link_ends(kind, clock):
    make_link, age = kind
    make_link()
    make_link()
    first, second = (link_in(message) for message in deliver()[:2])
    clock(age - 2 * SECOND)  # signatures have whole seconds
    assert Client().post(first).status_code == 302
    clock(4 * SECOND)

    done = work_done()
    for response in (Client().get(second), Client().post(second)):
        assert response.status_code == 404 and FAN_COOKIE not in response.cookies
    assert work_done() == done


def test_a_link_ends_with_its_contest_if_that_is_earlier(db, clock):
    contest_link(closes_in=-timedelta(hours=23))  # entries can be confirmed for a day after the close
    link = link_in(deliver()[0])
    clock(timedelta(hours=1))

    response = Client().post(link)
    assert response.status_code == 409 and FAN_COOKIE not in response.cookies
    assert not UsedLink.objects.exists() and not Entry.objects.confirmed().exists()


def test_the_link_in_a_mail_that_had_to_wait_is_whole(kind, clock):
    """The mail server was down for a week."""
    make_link, age = kind
    make_link()
    clock(timedelta(days=7))
    link = link_in(deliver()[0])

    assert "token" not in Mail.objects.first().context, "the outbox keeps no link that works"
    assert Client().post(link).status_code == 302


def test_a_log_in_link_of_an_erased_address_starts_nothing(db, clock):
    login_link()
    deliver()
    clock(2 * SECOND)  # two links of one second are the same
    mail_login_link(ANA, timezone.now())
    links = [link_in(message) for message in deliver()]
    assert links[0] != links[1]
    browser = Client()
    browser.post(links[0])
    make_letter(email=ANA)
    browser.post("/my-data/", {"erase": "1", "sure": "on"})

    assert Client().post(links[1]).status_code == 404
    assert not Fan.objects.exists() and not FanSession.objects.exists()


def test_used_links_are_forgotten_when_they_have_ended(db):
    now = timezone.now()
    assert mailed_links.use("token", now) and not mailed_links.use("token", now)
    mailed_links.purge_used_links(now + mailed_links.MAX_AGE)
    assert mailed_links.is_used("token") and str(UsedLink.objects.get()).startswith("3c469e9d6c58, used ")
    mailed_links.purge_used_links(now + mailed_links.MAX_AGE + SECOND)
    assert not mailed_links.is_used("token")


# Sessions: a copy of an old cookie, sent again


def browser_with(cookie):
    client = Client()
    client.cookies[FAN_COOKIE] = cookie
    return client


def test_a_copy_of_the_cookie_is_refused_after_leaving(db):
    cookie, elsewhere = fan_cookie(ANA), fan_cookie(ANA)
    assert pages_of_fan(browser_with(cookie))
    left = browser_with(cookie).post("/my-data/", {"leave": "1"})
    assert left.cookies[FAN_COOKIE].value == ""

    assert not pages_of_fan(browser_with(cookie))
    assert browser_with(cookie).get("/my-data/data.json").url == "/my-data/"
    assert pages_of_fan(browser_with(elsewhere)), "the fan's other browser has not left"


def test_a_copy_of_the_cookie_is_refused_after_erasure_even_when_the_address_is_back(db):
    cookie = fan_cookie(ANA)
    browser_with(cookie).post("/my-data/", {"erase": "1", "sure": "on"})
    assert not pages_of_fan(browser_with(cookie))

    fan_cookie(ANA)
    assert Fan.objects.filter(email=ANA).exists() and not pages_of_fan(browser_with(cookie))


@pytest.mark.parametrize("rows_only", [False, True])
def test_a_cookie_is_refused_after_400_days_by_the_server(db, clock, rows_only):
    cookie = fan_cookie(ANA)
    clock(SESSION_AGE - 2 * SECOND, rows_only)
    assert pages_of_fan(browser_with(cookie))

    clock(4 * SECOND, rows_only)
    assert not pages_of_fan(browser_with(cookie))
    assert timedelta(days=400) == SESSION_AGE


def test_a_cookie_of_the_old_kind_is_refused(db):
    """It had the address itself, and no server could end it."""
    fan_cookie(ANA)

    assert not pages_of_fan(browser_with(signing.dumps(ANA, salt=FAN_SALT)))


def test_entering_with_the_cookie_does_not_prolong_it(db, clock):
    contest = make_contest(closes_at=timezone.now() + timedelta(days=30))
    browser = browser_with(fan_cookie(ANA))
    stamp = browser.get(f"/contest/{contest.slug}/enter/").context["form"]["stamp"].value()
    fields = {
        "name": "Ana",
        "email": ANA,
        "region": contest.regions.first().pk,
        "of_age": "yes",
        "rules": "on",
    }
    response = browser.post(f"/contest/{contest.slug}/enter/", fields | {"stamp": stamp})

    assert "/receipts/" in response.url and FAN_COOKIE not in response.cookies
    assert FanSession.objects.count() == 1
    assert Client().post(link_in(deliver()[0])).url == response.url, "the link in the mail leads there too"


def test_the_worker_deletes_ended_sessions(db, clock):
    fan_cookie(ANA)
    background_jobs.purge_fans()
    assert str(FanSession.objects.get()).startswith(f"{ANA}, since ")
    clock(SESSION_AGE + SECOND)
    background_jobs.purge_fans()

    assert not FanSession.objects.exists()


# A fresh mail


@pytest.fixture
def stale(db):
    """A browser whose fan pressed the button behind a mail that is older than an hour by now."""
    make_letter(email=ANA, text="The reel was upside down.")
    return browser_with(fan_cookie(ANA, mailed_at=timezone.now() - FRESHNESS - SECOND))


def test_export_and_erasure_ask_for_a_fresh_mail(stale):
    page = stale.get("/my-data/").content.decode()
    assert "Mail me the link" in page and "upside down" not in page and "data.json" not in page
    assert stale.get("/my-data/data.json").url == "/my-data/"
    assert stale.post("/my-data/", {"erase": "1", "sure": "on"}).status_code == 403
    assert Fan.objects.exists()

    assert stale.post("/my-data/", {"mail": "1"}).url == "/my-data/sent/"
    stale.post(link_in(deliver()[0]))
    assert "upside down" in stale.get("/my-data/").content.decode()
    assert b"upside down" in stale.get("/my-data/data.json").content
    assert stale.post("/my-data/", {"erase": "1", "sure": "on"}).status_code == 200
    assert not Fan.objects.exists()


def test_a_mail_is_fresh_for_an_hour(db, clock):
    browser = browser_with(fan_cookie(ANA))
    clock(FRESHNESS - SECOND)
    assert browser.get("/my-data/data.json").status_code == 200
    clock(2 * SECOND)
    assert browser.get("/my-data/data.json").status_code == 302


def test_an_old_link_pressed_now_is_not_fresh(db, clock):
    contest_link()
    link = link_in(deliver()[0])
    clock(timedelta(hours=71))
    browser = Client()
    browser.post(link)

    assert pages_of_fan(browser) and "Mail me the link" in browser.get("/my-data/").content.decode()


def test_a_stale_browser_may_leave_and_take_back_consents(stale):
    fan = Fan.objects.get()
    fan.consents.create(purpose="newsletter", words="Yes", source="A form")
    stale.post("/my-data/", {"withdraw": "1"})
    assert not fan.consents.active().exists()
    stale.post("/my-data/", {"leave": "1"})

    assert not FanSession.objects.exists()
