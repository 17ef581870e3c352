"""The log: one line each, with the id of the request, and without personal data."""

import io
import json
import logging
import logging.config
from types import SimpleNamespace

import pytest
from django.conf import settings as site_settings
from django.http import UnreadablePostError
from django.test import Client
from django.urls import path

from cinemaclips import urls as site_urls
from cinemaclips.environment import one_of
from cinemaclips.logging import logging_config, without_personal_data
from cinemaclips.request_ids import request_id


@pytest.fixture(params=["line", "json"])
def written(request):
    """What a logger of the site writes, in both formats."""
    output = io.StringIO()
    config = logging_config(request.param, log_requests=True)
    config["handlers"]["console"]["stream"] = output
    logging.config.dictConfig(config)
    yield output
    logging.config.dictConfig(site_settings.LOGGING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("550 <anna.b+film@mail.example.org>: no such user", "550 <[e-mail]>: no such user"),
        ("from 203.0.113.9:443", "from [IP]:443"),
        ("from 2001:db8::1 and ::ffff:203.0.113.9.", "from [IP] and [IP]."),
        ("Port 8000 on 127.0.0.1 and ::1", "Port 8000 on 127.0.0.1 and ::1"),
        (
            "at 12:34:56, version 4.2.0, std::vec, 999.1.1.1",
            "at 12:34:56, version 4.2.0, std::vec, 999.1.1.1",
        ),
    ],
)
def test_addresses_are_taken_out(text, expected):
    assert without_personal_data(text) == expected


def test_no_address_is_written_not_even_from_a_traceback(written):
    try:
        raise ValueError("Key (email)=(anna@example.org) exists")
    except ValueError:
        logging.getLogger("fans.outbox").exception("Refused: %s from %s", "bob@example.org", "203.0.113.9")
    text = written.getvalue()
    assert "example.org" not in text and "203.0.113" not in text
    assert "Refused: [e-mail] from [IP]" in text and "Key (email)=([e-mail]) exists" in text


def test_a_line_that_a_stranger_breaks_stays_one(written):
    logging.getLogger("x").error(
        "Invalid HTTP_HOST header: %r %s", "a", "b\n2026-01-01 ERROR forged\u2028" + "x" * 9_000
    )
    assert written.getvalue().count("\n") == 1 and len(written.getvalue()) < 2_400


def test_json_lines_have_time_level_logger_message_and_nothing_else():
    output = io.StringIO()
    config = logging_config("json", log_requests=False)
    config["handlers"]["console"]["stream"] = output
    logging.config.dictConfig(config)
    token = request_id.set("abc-12345")
    logging.getLogger("x").warning(
        "torn", extra={"request": SimpleNamespace(path="/p"), "email": "a@b.example"}
    )
    request_id.reset(token)
    logging.config.dictConfig(site_settings.LOGGING)

    line = json.loads(output.getvalue())
    assert line.pop("time").startswith("20")
    assert line == {"level": "WARNING", "logger": "x", "message": "torn", "request_id": "abc-12345"}


def fails(request, secret):
    raise ValueError("no such thing")


def hangs_up(request, secret):
    raise UnreadablePostError("request data read error")


urlpatterns = [
    *site_urls.urlpatterns,
    path("fails/<secret>/", fails, name="fails"),
    path("hangs-up/<secret>/", hangs_up, name="hangs_up"),
]
handler404, handler500 = site_urls.handler404, site_urls.handler500


def test_an_error_names_the_route_and_not_the_secret_in_the_path(db, written, settings):
    settings.ROOT_URLCONF = __name__
    response = Client(raise_request_exception=False).get("/fails/the-secret-of-a-link/")
    text = written.getvalue()

    assert "Internal Server Error: fails" in text and "no such thing" in text and "Traceback" in text
    assert "the-secret" not in text
    number = response.headers["X-Request-ID"]
    assert number in text and f"<code>{number}</code>" in response.content.decode()


@pytest.mark.parametrize("broken", ["fields", "host", "hang up"])
def test_what_a_stranger_can_cause_is_one_line_without_traceback(db, written, settings, broken):
    client = Client(raise_request_exception=False)
    if broken == "fields":
        response = client.post("/about/contact/", {f"f{number}": "" for number in range(6_000)})
    elif broken == "host":
        response = client.get("/", headers={"host": "evil.example"})
    else:
        settings.ROOT_URLCONF = __name__
        response = client.get("/hangs-up/x/")
    assert response.status_code == (500 if broken == "hang up" else 400)
    lines = [line for line in written.getvalue().splitlines() if "cinemaclips.requests" not in line]
    assert len(lines) == 1 and "Traceback" not in written.getvalue()


def test_each_request_has_a_line_if_wanted(db, written):
    Client().get("/about/")
    assert "GET about:" in written.getvalue() and "200 in" in written.getvalue()


@pytest.mark.parametrize(
    ("proxies", "sent", "kept"),
    [
        (1, "abcdef-123456", True),
        (0, "abcdef-123456", False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "a b\tc<d>ef", False),
    ],
)
def test_the_id_of_the_proxy_is_kept_if_it_is_one(db, settings, proxies, sent, kept):
    settings.TRUSTED_PROXIES = proxies
    response = Client().get("/about/", headers={"x-request-id": sent})
    assert (response.headers["X-Request-ID"] == sent) == kept
    assert len(response.headers["X-Request-ID"]) == (13 if kept else 32)


def test_two_requests_have_two_ids_even_from_the_page_cache(db, settings):
    settings.PAGE_CACHE = True
    first, second = (Client().get("/about/").headers["X-Request-ID"] for _ in range(2))
    assert first != second and request_id.get() == ""


def test_a_format_that_does_not_exist_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(SystemExit, match="LOG_FORMAT must be one of json, line; it is 'xml'"):
        one_of("LOG_FORMAT", ["json", "line"], "line")
