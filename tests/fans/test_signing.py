"""Signed cookies, links and tokens: one salt per purpose, and no value outlives its maximum age."""

import ast
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import timezone

from fans import forms, public_forms, signing, visitor_cookies
from reelrequests import reader_actions
from tests.factories import make_player, make_request
from trivia import players

URLS = get_resolver().url_patterns  # imports every view, so that every purpose is registered
MAX_AGES = {
    "cinemaclips.signed_in_before": timedelta(days=400),
    "contest.confirm": timedelta(hours=72),
    "fans.browser": timedelta(days=400),
    "fans.door": timedelta(hours=1),
    "fans.open_forms": timedelta(hours=4),
    "fans.recognition": timedelta(days=400),
    "reelrequests.confirm": timedelta(hours=72),
    "trivia.answer": timedelta(days=1),
    "trivia.player": timedelta(days=400),
}
PURPOSES = list(signing.PURPOSES.values())
A_MOMENT = timedelta(seconds=1)


def salt_of(purpose):
    return purpose.salt


@pytest.fixture
def after(monkeypatch):
    """Set the clock of signatures to this much later than now."""
    now = time.time()

    def move(delay):
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + delay.total_seconds())

    move(timedelta(0))
    return move


def test_every_purpose_is_listed_here_with_its_maximum_age():
    assert {purpose.salt: purpose.max_age for purpose in PURPOSES} == MAX_AGES


@pytest.mark.parametrize("purpose", PURPOSES, ids=salt_of)
def test_a_value_is_valid_until_its_maximum_age(purpose, after):
    signed = purpose.sign(["value", 1])
    after(purpose.max_age - A_MOMENT)
    assert purpose.read(signed) == ["value", 1]

    after(purpose.max_age + A_MOMENT)
    with pytest.raises(signing.SignatureExpired):
        purpose.read(signed)


@pytest.mark.parametrize("purpose", PURPOSES, ids=salt_of)
def test_a_value_of_one_purpose_is_refused_by_every_other(purpose):
    signed = purpose.sign("value")
    for other in PURPOSES:
        if other is not purpose:
            with pytest.raises(signing.BadSignature):
                other.read(signed)


@pytest.mark.parametrize("purpose", PURPOSES, ids=salt_of)
def test_a_changed_value_is_refused(purpose):
    forged = purpose.sign("mallory").split(":")[0] + ":" + purpose.sign("ana").split(":", 1)[1]
    with pytest.raises(signing.BadSignature):
        purpose.read(forged)


def test_a_salt_cannot_be_registered_twice():
    with pytest.raises(ImproperlyConfigured, match=r"fans\.browser"):
        signing.register("fans.browser", None)


def test_is_older_than_compares_the_age_of_a_value(after):
    signed = public_forms.STAMP.sign("x")
    after(timedelta(seconds=10))

    assert public_forms.STAMP.is_older_than(signed, timedelta(seconds=9))
    assert not public_forms.STAMP.is_older_than(signed, timedelta(seconds=11))
    with pytest.raises(signing.BadSignature):
        public_forms.STAMP.is_older_than("forged", timedelta(0))


def cookie_reader(set_cookie, read_cookie):
    """Sets a cookie now; returns a function that reads it as the next request does."""
    response = HttpResponse()
    set_cookie(response)
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    return lambda: read_cookie(request)


def start_session(response):
    visitor_cookies.start_session(response, "fan@example.com", timezone.now(), timezone.now())


def fan_cookie():
    return cookie_reader(start_session, visitor_cookies.current_fan)


def browser_cookie():
    return cookie_reader(
        lambda r: visitor_cookies.set_browser_cookie(r, "B"), visitor_cookies.read_browser_cookie
    )


def player_cookie():
    player = make_player()
    return cookie_reader(lambda r: players.set_player_cookie(r, player), players.player_of)


def login_link():
    token = forms.LOGIN_LINK.sign("ana@example.com")
    return lambda: forms.email_from_token(token)


def vote_link():
    vote = make_request().votes.create(email="ana@example.com")
    token = reader_actions.confirm_link(vote).sign()
    return lambda: reader_actions.vote_from_token(token)


@pytest.mark.parametrize(
    ("make_reader", "days"),
    [(fan_cookie, 400), (browser_cookie, 400), (player_cookie, 400), (login_link, 1 / 24), (vote_link, 3)],
)
def test_every_reader_of_a_signed_value_refuses_an_expired_one(db, after, make_reader, days):
    read = make_reader()
    after(timedelta(days=days) - A_MOMENT)
    assert read()

    after(timedelta(days=days) + A_MOMENT)
    assert not read()


@pytest.mark.parametrize(
    ("set_cookie", "name", "days"),
    [
        (start_session, "fan", 400),
        (lambda r: visitor_cookies.set_browser_cookie(r, "B"), "browser", 400),
    ],
)
def test_cookies_expire_at_the_maximum_age_of_their_value(db, set_cookie, name, days):
    response = HttpResponse()
    set_cookie(response)
    morsel = response.cookies[name]

    assert morsel["max-age"] == days * 24 * 3600
    assert morsel["httponly"] and morsel["samesite"] == "Lax"


def calls_in(path):
    """(dotted name, source of the first argument) of every call in a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.args


SOURCES = [
    path
    for path in Path(settings.BASE_DIR).glob("*/**/*.py")
    if not {"tests", ".venv", "bench", "var", "migrations", "node_modules"} & set(path.parts)
]


def test_only_fans_signing_uses_django_s_signing():
    """A purpose that is not registered would escape the tests above."""
    by_itself = {"signing.dumps", "signing.loads", "signing.Signer", "signing.TimestampSigner"}
    signing_modules = {
        str(path.relative_to(settings.BASE_DIR))
        for path in SOURCES
        for name, _ in calls_in(path)
        if name in by_itself or name.split(".")[-1] in {"get_signed_cookie", "set_signed_cookie_header"}
    }

    assert signing_modules == {"fans/signing.py"}


def test_no_two_keyed_hashes_share_a_salt():
    """`salted_hmac` is for pseudonyms: each purpose starts its salt with a name of its own."""
    salts = [
        ast.unparse(args[0]).strip("f'\"").split("{")[0].strip()
        for path in SOURCES
        for name, args in calls_in(path)
        if name == "salted_hmac"
    ]

    assert len(salts) >= 6
    assert sorted(set(salts)) == sorted(salts)
    assert not set(salts) & set(MAX_AGES)
