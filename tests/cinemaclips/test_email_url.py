"""EMAIL_URL and MAIL_FROM: every form of server, and a sentence without the password for a malformed one."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from django.core import checks

from cinemaclips.checks import check_mail_server
from cinemaclips.email_url import TIMEOUT, checked_sender, mailer_from_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://ana:secret@mail.example", ("mail.example", 587, "ana", "secret", "STARTTLS")),
        ("smtp://ana:secret@mail.example:2525/", ("mail.example", 2525, "ana", "secret", "STARTTLS")),
        ("smtps://ana:secret@mail.example", ("mail.example", 465, "ana", "secret", "TLS")),
        ("smtps://mail.example", ("mail.example", 465, "", "", "TLS")),
        ("smtp://localhost", ("localhost", 25, "", "", "plain")),
        ("smtp://[::1]:2525", ("::1", 2525, "", "", "plain")),
        ("smtp://ana%40x.example:p%2F%3A%3f%23%25@mail.example", ("mail.example", 587, "ana@x.example", "p/:?#%", "STARTTLS")),
        ("smtp://a:%C3%A9t%C3%A9@mail.example", ("mail.example", 587, "a", "été", "STARTTLS")),
    ],
)  # fmt: skip
def test_a_url_names_server_log_in_and_encryption(url, expected):
    options = mailer_from_url(url)["OPTIONS"]
    encryption = "TLS" if options["use_ssl"] else "STARTTLS" if options["use_tls"] else "plain"

    assert (*(options[name] for name in ("host", "port", "username", "password")), encryption) == expected
    assert options["timeout"] == TIMEOUT and not (options["use_ssl"] and options["use_tls"])


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("mail.example", "neither smtp:// nor smtps://"),
        ("http://ana:hunter2@mail.example", "neither smtp:// nor smtps://"),
        ("smtp://", "names no host"),
        ("smtp://ana:hunter2@", "names no host"),
        ("smtp://ana:hunter2@:587", "names no host"),
        ("smtp://ana@mail.example", "a user and no password"),
        ("smtp://:hunter2@mail.example", "a password and no user"),
        ("smtp://ana:hunter2@mail.example:port", "host or port is malformed"),
        ("smtp://ana:hunter2@mail.example:0", "host or port is malformed"),
        ("smtp://ana:hunter2@mail.example:70000", "host or port is malformed"),
        ("smtp://ana:hunter2@[mail.example", "host or port is malformed"),
        ("smtp://ana:hun/ter2@mail.example", "host or port is malformed"),
        ("smtp://ana:1/hunter2@mail.example", "behind the host and the port"),
        ("smtp://ana:hunter2@mail.example?tls=no", "behind the host and the port"),
        ("smtp://ana:hunter2@mail.example#x", "behind the host and the port"),
        ("smtp://ana:hunter2%@mail.example", "a % in it that encodes nothing"),
        ("smtp://ana:hunter2%ff@mail.example", "not UTF-8"),
        ("smtp://ana:hun ter2@mail.example", "a space or a line break"),
        ("smtp://ana:hunter2\n@mail.example", "a space or a line break"),
    ],
)
def test_a_malformed_url_is_refused_with_a_sentence_that_keeps_the_password(url, problem):
    with pytest.raises(SystemExit) as refused:
        mailer_from_url(url)

    sentence = str(refused.value)
    assert sentence.startswith("EMAIL_URL cannot be used: ") and problem in sentence
    assert "smtps://user:password@host:port" in sentence
    assert "hunter2" not in sentence and "ter2" not in sentence


def test_a_sender_is_an_address_with_a_name_or_without():
    for sender in ("magazine@clips.example", "The Magazine <magazine@clips.example>"):
        assert checked_sender(sender) == sender
    for wrong in ("", "magazine", "The Magazine <magazine>", "a@b.example\nBcc: c@d.example"):
        with pytest.raises(SystemExit, match="MAIL_FROM cannot be used"):
            checked_sender(wrong)


def manage(tmp_path, *words, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=site_settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_https_site_without_a_mail_server_is_refused(settings):
    settings.HTTPS, settings.EMAIL_URL = True, ""
    [problem] = check_mail_server(None)
    assert problem.level == checks.ERROR and "EMAIL_URL is not set" in problem.msg

    settings.EMAIL_URL = "smtp://localhost"
    assert check_mail_server(None) == []
    settings.HTTPS, settings.EMAIL_URL = False, ""
    assert check_mail_server(None) == []


@pytest.mark.parametrize("words", [["check"], ["check", "--deploy"], ["run"]])
def test_no_https_site_starts_without_a_mail_server(tmp_path, words):
    done = manage(tmp_path, *words, SITE_URL="https://magazine.example")

    assert done.returncode == 1 and "cinemaclips.E002" in done.stderr
    assert "no mail can leave it" in done.stderr and "send_test_mail" in done.stderr


def test_an_https_site_with_a_mail_server_passes_the_check(tmp_path):
    done = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING",
        SITE_URL="https://magazine.example", EMAIL_URL="smtps://a:b@mail.example",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_a_malformed_url_ends_every_command_with_one_sentence(tmp_path):
    done = manage(tmp_path, "check", EMAIL_URL="smtp://ana:hun/ter2@mail.example")

    assert done.returncode == 1 and done.stderr.startswith("EMAIL_URL cannot be used")
    assert "Traceback" not in done.stderr and "ter2" not in done.stderr


ASK = "from cinemaclips import settings as s; print(s.MAILERS['default']['BACKEND'], s.MAILBOX is None, s.DEFAULT_FROM_EMAIL)"


@pytest.mark.parametrize(
    ("environment", "printed"),
    [
        ({}, "fans.mailbox.EmailBackend False cinemaCLIPS <magazine@127.0.0.1>"),
        ({"SITE_URL": "http://clips.example"}, "django.core.mail.backends.console.EmailBackend True cinemaCLIPS <magazine@clips.example>"),
        ({"EMAIL_URL": "smtp://localhost"}, "fans.smtp.EmailBackend True cinemaCLIPS <magazine@127.0.0.1>"),
        ({"MAIL_FROM": "Ana <ana@clips.example>"}, "fans.mailbox.EmailBackend False Ana <ana@clips.example>"),
    ],
)  # fmt: skip
def test_where_mail_goes(tmp_path, environment, printed):
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=site_settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == printed
