"""A site on https, its worker and a real mail server with TLS and log-in: an entry is confirmed by its mail."""

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest
import trustme
from django.conf import settings

from contest.verify import ticket_of
from tests.running_site import Site
from tests.smtp_server import smtp_server

SITE_URL = "https://magazine.example"
PROXY_HEADERS = {"Host": "magazine.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
CONTEST = """
import django
django.setup()
from tests.factories import make_contest
contest = make_contest(title="Win the zone")
print(contest.slug, contest.regions.first().pk, contest.draw_id)
"""


class Browser:
    """Sends requests to the site as its proxy does, and follows no redirect."""

    def __init__(self, site):
        class KeepRedirects(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None

        self.address = f"http://127.0.0.1:{site.port}"
        self.opener = urllib.request.build_opener(KeepRedirects)

    def get(self, path, **fields):
        """(status, text, headers) of a GET, or of a POST if there are fields."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(f"{self.address}{path}", data, PROXY_HEADERS)
        try:
            with self.opener.open(request, timeout=30) as response:
                return response.status, response.read().decode(), response.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.headers


@pytest.fixture
def mail_server(tmp_path, monkeypatch):
    """A server with a certificate of our own authority, which the site is told to trust."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with smtp_server(authority=authority, has_log_in=True) as mailbox:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        monkeypatch.setenv("EMAIL_URL", mailbox.url)
        monkeypatch.setenv("SITE_URL", SITE_URL)
        monkeypatch.setenv("DATABASE_URL", "")
        yield mailbox


@pytest.fixture
def site(mail_server, empty_site, tmp_path):
    """(Browser, [slug of an open contest, number of its region, draw id]) of a site with server and worker."""
    folder = shutil.copytree(empty_site, tmp_path / "site")
    made = subprocess.run(
        [sys.executable, "-c", CONTEST],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "cinemaclips.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    site = Site(folder, words=())
    site.wait()
    yield Browser(site), made.stdout.split()
    site.stop()


def path_in(message, start):
    """The path of the link in a mail that begins with `start`."""
    return re.search(rf"{SITE_URL}({start}\S+)", message.get_content())[1]


def test_an_entry_is_confirmed_by_the_mail_that_arrives(site, mail_server):
    browser, (slug, region, draw_id) = site
    form = browser.get(f"/contest/{slug}/enter/")[1]
    stamp = re.search(r'name="stamp" value="([^"]+)"', form)[1]
    fields = {
        "name": "Ana Moss",
        "email": "ana@example.com",
        "region": region,
        "of_age": "yes",
        "rules": "on",
    }
    status, _, headers = browser.get(f"/contest/{slug}/enter/", stamp=stamp, **fields)
    assert (status, headers["Location"]) == (302, f"/contest/{slug}/sent/")

    mail = mail_server.wait_for_message()
    assert mail["To"] == "ana@example.com" and mail["From"] == "cinemaCLIPS <magazine@magazine.example>"
    link = path_in(mail, "/contest/")
    assert "Enter me" in browser.get(link)[1]
    status, _, headers = browser.get(link, pressed="1")
    assert status == 302
    assert headers["Set-Cookie"].startswith("__Host-fan=") and "Secure" in headers["Set-Cookie"]

    receipt = browser.get(headers["Location"])[1]
    ticket, salt = (
        re.search(rf">{word}</dt><dd>.*?([0-9a-f]{{32,64}})<", receipt)[1] for word in ("Ticket", "Salt")
    )
    assert ticket == ticket_of(draw_id, salt, "ana@example.com")
    assert ticket in mail_server.wait_for_message().get_content()
