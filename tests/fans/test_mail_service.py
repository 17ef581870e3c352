"""Mail through the interface of a mail service (django-anymail), with a web server in the service's place."""

import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cinemaclips.email_url import SERVICES, mailer_from_url
from fans.models import Mail, MailQueue
from fans.outbox import deliver_batch

OK = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": "fan0@example.com"})
KEY_REFUSED = (401, {"ErrorCode": 10, "Message": "The Server Token you provided is not valid."})
SENDER_REFUSED = (422, {"ErrorCode": 400, "Message": "The From address is not a Sender Signature."})
INACTIVE = (
    422,
    {
        "ErrorCode": 406,
        "Message": "Found inactive addresses: fan0@example.com. Inactive recipients are ones.",
    },
)


class Postmark(BaseHTTPRequestHandler):
    """Answers as the service does, with `server.answer`, and keeps what it was sent."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.headers["X-Postmark-Server-Token"], json.loads(body)))
        status, answer = self.server.answer
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def service(db, settings):
    with ThreadingHTTPServer(("127.0.0.1", 0), Postmark) as server:
        server.answer, server.asked = OK, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        api = f"http://127.0.0.1:{server.server_address[1]}/"
        url = f"anymail://postmark?server_token=s%2Fecret&api_url={api}"
        settings.MAILERS = {"default": mailer_from_url(url)}
        yield server
        server.shutdown()


def deliver_one():
    Mail.objects.enqueue("fans/mail/login_link", "fan0@example.com", key="1", context={"token": "x"})
    while deliver_batch():
        pass
    return Mail.objects.get()


def test_a_mail_leaves_through_the_service(service):
    assert deliver_one().sent_at
    [(token, sent)] = service.asked
    assert token == "s/ecret" and sent["To"] == "fan0@example.com"


@pytest.mark.parametrize(
    ("answer", "words"), [(KEY_REFUSED, "Check the key in EMAIL_URL"), (SENDER_REFUSED, "check MAIL_FROM")]
)
def test_a_refusal_of_us_pauses_the_queue(service, answer, words):
    service.answer = answer
    mail = deliver_one()

    assert (mail.dead_at, mail.attempts, mail.sent_at) == (None, 0, None)
    assert words in MailQueue.objects.get().problem and "fan0" not in MailQueue.objects.get().problem


def test_a_refused_recipient_is_final_and_concerns_one_mail(service):
    service.answer = INACTIVE
    mail = deliver_one()

    assert mail.dead_at and "refuses the recipient" in mail.last_error
    assert not MailQueue.objects.exists()


def test_the_test_mail_says_what_the_service_answered(service):
    out = io.StringIO()
    call_command("send_test_mail", "fan0@example.com", stdout=out)
    assert "b7bc2f4a" in out.getvalue()
    service.answer = KEY_REFUSED
    with pytest.raises(CommandError, match="Check the key"):
        call_command("send_test_mail", "fan0@example.com")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_that_we_name_exists(name):
    __import__(f"anymail.backends.{name}")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("anymail://nobody?key=hunter2", "names no mail service"),
        ("anymail://test?key=hunter2", "names no mail service"),
        ("anymail://postmark", "gives no option"),
        ("anymail://postmark?hunter2", "gives no option"),
    ],
)
def test_a_malformed_url_is_refused_without_quoting_the_key(url, problem):
    with pytest.raises(SystemExit, match=problem) as refused:
        mailer_from_url(url)
    assert "hunter2" not in str(refused.value)
