"""Settings from environment variables, each tested in a new process."""

import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from cinemaclips.logging import UTCFormatter
from cinemaclips.secret_key import read_or_create_secret

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
    assert UTCFormatter("%(asctime)s %(message)s").format(record).startswith("1970-01-01 00:00:00")


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


def test_files_have_the_same_headers():
    from cinemaclips.headers import add_isolation_headers

    headers = {}
    add_isolation_headers(headers, "x", "/static/x")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_forged_host_is_refused(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
