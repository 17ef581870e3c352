"""Settings from environment variables, each tested in a new process."""

import logging
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from gunicorn.http import wsgi

from cinemaclips.gunicorn_settings import UnnamedResponse
from cinemaclips.headers import add_file_policy
from cinemaclips.logging import LineFormatter
from cinemaclips.secret_key import read_or_create_secret
from tests.factories import make_staff

ASK = "from cinemaclips import settings as s; print(s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, sorted(s.ALLOWED_HOSTS), s.SITE_URL)"


def settings_with(tmp_path, **environment):
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_without_settings_the_site_runs_on_plain_http_on_this_machine(tmp_path):
    assert settings_with(tmp_path) == "sessionid 0 ['127.0.0.1', '[::1]', 'localhost'] http://127.0.0.1:8000"


def test_an_https_url_turns_on_all_security_settings(tmp_path):
    printed = settings_with(tmp_path, SITE_URL="https://magazine.example/")
    assert printed.startswith("__Host-sessionid 63072000") and printed.endswith("https://magazine.example")


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "data" / "secret_key"
    first = read_or_create_secret(path)

    assert read_or_create_secret(path) == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_unusable_data_folder_is_reported_in_one_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    done = subprocess.run(
        [sys.executable, "manage.py", "run"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(blocked / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"The data folder {blocked}/data cannot be written")
    assert "Traceback" not in done.stderr
    with pytest.raises(SystemExit, match="cannot be written"):
        read_or_create_secret(blocked / "data" / "secret_key")


def test_the_log_has_times_in_utc():
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "torn", None, None)
    record.created = 0
    assert LineFormatter("%(asctime)s %(message)s").format(record).startswith("1970-01-01 00:00:00")


def test_errors_are_logged(db, monkeypatch, caplog):
    monkeypatch.setattr("cinemaclips.views.front.front_page_context", lambda: 1 / 0)
    Client(raise_request_exception=False).get("/")

    assert "ZeroDivisionError" in caplog.text


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client, db):
    response = client.get("/")
    policy = response.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy and "unsafe" not in policy and "nonce" not in policy
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_a_file_of_the_site_may_load_nothing():
    headers = {}
    add_file_policy(headers, "x", "/static/x")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("response_class", "named"), [(UnnamedResponse, False), (wsgi.Response.__base__, True)]
)
def test_no_response_names_the_program_that_sent_it(response_class, named):
    request = SimpleNamespace(version=(1, 1), method="GET", should_close=lambda: False)
    response = response_class(request, None, None)
    response.start_response("200 OK", [("Content-Length", "0")])

    lines = response.default_headers()
    assert lines[0] == "HTTP/1.1 200 OK\r\n" and any(line.startswith("Date:") for line in lines)
    assert any("gunicorn" in line for line in lines) == named


EVERY_HEADER = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Cross-Origin-Embedder-Policy",
    "Permissions-Policy",
    "X-Frame-Options",
]


def missing_headers(response):
    return [name for name in EVERY_HEADER if name not in response.headers]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/", {"host": "evil.example"}, 400),
        ("/no-such-page/", {}, 404),
        ("/reviews", {}, 301),
        ("/desk/", {}, 302),
        ("/csp-reports/", {}, 405),
    ],
)
def test_every_answer_has_the_security_headers(db, path, headers, status):
    response = Client().get(path, headers=headers)
    assert response.status_code == status
    assert missing_headers(response) == []


def test_an_error_of_the_server_has_them_too(db, monkeypatch):
    monkeypatch.setattr("cinemaclips.views.front.front_page_context", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500 and missing_headers(response) == []


def test_without_the_middleware_they_are_missed(db, settings):
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecurityHeaders" not in each]
    assert missing_headers(Client().get("/", headers={"host": "evil.example"}))


def test_the_redirect_to_https_has_them_too(db, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    response = Client().get("/")
    assert response.status_code == 301 and response.url.startswith("https://")
    assert missing_headers(response) == []
    secure = Client().get("/", secure=True, headers={"host": "evil.example"})
    assert secure.status_code == 400 and "max-age=63072000" in secure.headers["Strict-Transport-Security"]


def test_trusted_types_are_required_of_readers_pages_and_not_of_the_desk(db, client):
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy_of(client.get("/"))
    client.force_login(make_staff())
    assert "trusted-types" not in policy_of(client.get("/desk/"))


def test_the_policy_says_where_to_report(db, client):
    response = client.get("/")
    assert f"report-uri {reverse('csp_reports')}; report-to csp" in policy_of(response)
    assert response.headers["Reporting-Endpoints"] == f'csp="{reverse("csp_reports")}"'


def policy_of(response):
    return response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("site_url", "hosts"),
    [
        ("https://magazine.example", "['magazine.example']"),
        ("http://magazine.lan:8000", "['magazine.lan']"),
        ("http://0.0.0.0:8000", "['0.0.0.0', '127.0.0.1', '[::1]', 'localhost']"),
    ],
)
def test_a_public_site_answers_to_its_own_name_only(tmp_path, site_url, hosts):
    assert f" {hosts} " in settings_with(tmp_path, SITE_URL=site_url)


def test_on_https_every_cookie_has_the_prefix_that_binds_it_to_the_host(tmp_path):
    names = (
        "import django; django.setup();"
        "from django.conf import settings as s; from fans import visitor_cookies as v; from trivia import players as p;"
        "from contest.views.entering import _age_cookie; from contest.models import Contest;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, v.FAN_COOKIE, v.BROWSER_COOKIE, p.COOKIE,"
        " _age_cookie(Contest(pk=7)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", names],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path),
            "SITE_URL": "https://magazine.example",
            "DJANGO_SETTINGS_MODULE": "cinemaclips.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        f"__Host-{name}" for name in ["sessionid", "csrftoken", "fan", "browser", "player", "age-7"]
    ]


def test_a_forged_host_is_refused(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
