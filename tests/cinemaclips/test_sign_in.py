"""Signing in: limits before the password is looked at, the log, mail about new browsers, a new password by mail."""

import re

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from cinemaclips import sign_in_limits
from fans.models import Mail, RateLimitCounter
from fans.outbox import build_message
from tests.factories import make_staff

LOGIN, PASSWORD = "/desk/login/", "a long password"


@pytest.fixture
def nora(db):
    return make_staff(email="nora@example.org")


def try_to_sign_in(client, username, password="wrong", network="203.0.113.9"):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=network)


def networks():
    return (f"198.51.{number // 250}.{number % 250}" for number in range(10_000))


def test_the_eleventh_try_on_an_account_is_refused_before_its_password_is_looked_at(
    nora, monkeypatch, caplog
):
    compared, places = [], networks()
    check = hashers.check_password
    monkeypatch.setattr(
        "django.contrib.auth.base_user.check_password",
        lambda *args, **options: compared.append(1) or check(*args, **options),
    )
    statuses = [try_to_sign_in(Client(), nora.username, network=next(places)).status_code for _ in range(10)]
    refused = try_to_sign_in(Client(), nora.username, PASSWORD, next(places))
    again = try_to_sign_in(Client(), f" {nora.username.upper()}", PASSWORD, next(places))

    assert statuses == [200] * 10 and len(compared) == 10
    assert (refused.status_code, again.status_code) == (429, 429)
    assert refused.headers["Retry-After"] == "900"
    assert "Too many tries to sign in. Nothing was checked" in refused.content.decode()
    lines = [record.getMessage() for record in caplog.records]
    assert lines.count("Too many tries to sign in (limit of the account); more are refused.") == 1
    assert lines.count("A try to sign in failed.") == 10 and nora.username not in caplog.text


def test_a_network_has_thirty_tries_an_hour_on_whatever_accounts(db, caplog):
    statuses = [try_to_sign_in(Client(), f"name-{number}").status_code for number in range(31)]
    assert statuses == [200] * 30 + [429]
    assert "limit of the network" in caplog.text


def test_the_whole_site_has_a_limit_that_many_networks_meet(db, monkeypatch):
    monkeypatch.setattr(sign_in_limits, "SITE", sign_in_limits.SITE._replace(tries=5))
    places = networks()
    statuses = [
        try_to_sign_in(Client(), f"n-{number}", network=next(places)).status_code for number in range(6)
    ]
    assert statuses == [200] * 5 + [429]


def test_a_stranger_cannot_lock_out_who_has_signed_in_before(nora):
    browser, places = Client(), networks()
    assert try_to_sign_in(browser, nora.username, PASSWORD).status_code == 302
    browser.post("/desk/logout/")
    for _ in range(12):
        stranger = try_to_sign_in(Client(), nora.username, network=next(places))
    assert stranger.status_code == 429
    assert try_to_sign_in(browser, nora.username, PASSWORD).status_code == 302

    browser.post("/desk/logout/")
    statuses = [try_to_sign_in(browser, nora.username).status_code for _ in range(20)]
    assert statuses[0] == 200 and statuses[-1] == 429  # and it has a limit of its own
    assert try_to_sign_in(browser, "somebody-else").status_code == 200  # it is known for one account only


def test_nobody_is_told_which_names_exist(nora):
    known, unknown = (
        re.sub(
            r'name="csrf\w+" value="\w+"|value="[\w-]*"|nonce="[^"]+"',
            "",
            try_to_sign_in(Client(), name).content.decode(),
        )
        for name in (nora.username, "nobody-here")
    )
    assert known == unknown


def test_a_sign_in_from_a_new_browser_is_mailed_once(nora, caplog):
    browser = Client()
    try_to_sign_in(browser, nora.username, PASSWORD)
    browser.post("/desk/logout/")
    try_to_sign_in(browser, nora.username, PASSWORD)

    message = build_message(Mail.objects.get())
    assert message.to == ["nora@example.org"] and "from a new browser" in message.subject
    assert "/desk/password/" in message.body
    assert f"Staff member {nora.pk} signed in." in caplog.text
    try_to_sign_in(Client(), nora.username, PASSWORD)
    assert Mail.objects.count() == 2


def test_without_an_address_there_is_no_mail(db):
    assert try_to_sign_in(Client(), make_staff().username, PASSWORD).status_code == 302
    assert not Mail.objects.exists()


def test_the_page_itself_opens_and_is_not_counted(db):
    assert "/desk/password/" in Client().get(LOGIN).content.decode()
    assert not RateLimitCounter.objects.exists()


NEW = "three umbrellas under rain"


def reset_link():
    body = build_message(Mail.objects.get(kind="cinemaclips/mail/password_reset")).body
    return re.search(r"http://[^/]+(/desk/password/\S+)", body)[1]


def test_a_new_password_comes_by_mail_once_and_ends_all_sessions(nora):
    signed_in = Client()
    signed_in.force_login(nora)
    assert Client().post("/desk/password/", {"email": "nora@example.org"}).url == "/desk/password/sent/"
    browser, link = Client(), reset_link()
    form = browser.get(link, follow=True)
    assert "script-src 'self' 'nonce-" in form.headers["Content-Security-Policy"]
    done = browser.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW}, follow=True)

    assert done.redirect_chain[-1][0] == "/desk/password/changed/" and done.status_code == 200
    assert signed_in.get("/desk/").status_code == 302
    assert try_to_sign_in(Client(), nora.username, NEW).status_code == 302
    assert (
        "no longer" in Client().get(link, follow=True).content.decode().lower()
        or "invalid" in Client().get(link, follow=True).content.decode().lower()
    )
    assert Mail.objects.filter(kind="cinemaclips/mail/new_password").count() == 1


def test_the_link_ends_after_an_hour(nora, settings):
    Client().post("/desk/password/", {"email": "nora@example.org"})
    link = reset_link()
    assert "new_password1" in Client().get(link, follow=True).content.decode()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "new_password1" not in Client().get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(nora):
    answers = [
        Client().post("/desk/password/", {"email": email}) for email in ("nora@example.org", "x@example.org")
    ]
    assert [(each.status_code, each.url) for each in answers] == [(302, "/desk/password/sent/")] * 2
    assert Client().get("/desk/password/sent/").status_code == 200
    assert Mail.objects.count() == 1


def test_mails_are_limited_by_network_and_mailbox(nora):
    statuses = [
        Client().post("/desk/password/", {"email": "nora@example.org"}).status_code for _ in range(11)
    ]
    assert statuses == [302] * 10 + [429]
    assert Mail.objects.filter(not_before__lte=timezone.now()).count() <= 3


def test_changing_the_password_ends_the_other_sessions_and_is_mailed(nora):
    here, elsewhere = Client(), Client()
    here.force_login(nora), elsewhere.force_login(nora)
    wrong = here.post(
        "/desk/password_change/", {"old_password": "x", "new_password1": NEW, "new_password2": NEW}
    )
    assert wrong.status_code == 200 and not Mail.objects.exists()
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/desk/password_change/", data).status_code == 302

    assert here.get("/desk/").status_code == 200 and elsewhere.get("/desk/").status_code == 302
    assert Session.objects.exists() and "was changed" in build_message(Mail.objects.get()).subject


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("cinemaCLIPS-2026", False),
        ("Password123456", False),
        ("staff nora movie 99", False),
        ("filmfilmfilmfilm", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("a#8!$%^&*x@1", True),
        (NEW, True),
        ("the film about two umbrellas", True),
    ],
)
def test_words_of_the_site_and_names_are_not_enough(db, password, is_taken):
    user = make_staff(first_name="Nora", email="nora@example.org")
    if is_taken:
        validate_password(password, user)
    else:
        with pytest.raises(ValidationError, match="too little is left of this password"):
            validate_password(password, user)


def test_the_form_says_before_what_does_not_count(nora):
    client = Client()
    client.force_login(nora)
    assert "your own names do not count" in client.get("/desk/password_change/").content.decode()
