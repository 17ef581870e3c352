"""manage.py send_test_mail says what the mail server answered, in a sentence that says what to do."""

import io
import socket

import pytest
import trustme
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cinemaclips.email_url import mailer_from_url
from fans.models import MailQueue
from tests.running_site import free_port
from tests.smtp_server import smtp_server

ADDRESS = "ana@example.com"


def send(settings, url, address=ADDRESS):
    """What the command prints for a site with this EMAIL_URL."""
    settings.MAILERS = {"default": mailer_from_url(url)}
    out = io.StringIO()
    call_command("send_test_mail", address, stdout=out)
    return out.getvalue()


def refusal(settings, url):
    with pytest.raises(CommandError) as refused:
        send(settings, url)
    return str(refused.value)


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """A certificate authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def test_success_is_told_with_the_answer_of_the_server(db, settings):
    with smtp_server() as mailbox:
        printed = send(settings, mailbox.url)

    assert "has taken the mail" in printed and "250 2.0.0 Ok: queued as TEST" in printed
    assert mailbox.messages[0]["To"] == ADDRESS and mailbox.messages[0]["From"] == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize("over_tls", [False, True])
def test_it_logs_in_over_tls(db, settings, authority, over_tls):
    with smtp_server(authority=authority, over_tls=over_tls, has_log_in=True) as mailbox:
        assert "has taken the mail" in send(settings, mailbox.url)
        wrong = mailbox.url.replace("p%40ss", "wrong")
        assert "refuses our log-in (535" in refusal(settings, wrong)
    assert len(mailbox.messages) == 1


def test_a_server_that_is_not_there(db, settings):
    sentence = refusal(settings, f"smtp://localhost:{free_port()}")

    assert "cannot be reached" in sentence and "Check host and port" in sentence


def test_a_host_that_has_no_address(db, settings, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "Name or service not known" in refusal(settings, "smtp://mail.example")


def test_a_certificate_that_is_not_trusted(db, settings):
    with smtp_server(authority=trustme.CA(), has_log_in=True) as mailbox:
        assert "certificate cannot be trusted" in refusal(settings, mailbox.url)


def test_tls_on_a_port_without_it(db, settings):
    with smtp_server() as mailbox:
        sentence = refusal(settings, mailbox.url.replace("smtp://", "smtps://"))
    assert "TLS with the mail server failed" in sentence and "wants smtp://" in sentence


def test_no_starttls_on_a_port_that_was_to_have_it(db, settings):
    with smtp_server() as mailbox:
        sentence = refusal(settings, mailbox.url.replace("smtp://", "smtp://ana:secret@"))
    assert "does not offer what EMAIL_URL asks for" in sentence and "smtps://" in sentence


@pytest.mark.parametrize(
    ("command", "answer", "words"),
    [
        ("MAIL", "550 5.7.1 no such sender here", ["takes no mail from us (550", "set MAIL_FROM"]),
        ("MAIL", "530 5.7.0 Authentication required", ["refuses our log-in (530", "password in EMAIL_URL"]),
        ("RCPT", "554 5.7.1 <ana@example.com>: Relay access denied", ["takes no mail from us", "set MAIL_FROM"]),
        ("RCPT", "550 5.1.1 <ana@example.com>: User unknown", ["refuses the recipient: 550 5.1.1"]),
        ("RCPT", "450 4.2.0 Greylisted", ["does not take the recipient yet: 450"]),
        ("DATA", "554 5.6.0 Rejected for its content", ["refuses the mail: 554"]),
    ],
)  # fmt: skip
def test_a_refusal_is_one_sentence(db, settings, command, answer, words):
    with smtp_server() as mailbox:
        mailbox.answers[command] = answer
        sentence = refusal(settings, mailbox.url)

    assert all(each in sentence for each in words) and "\n" not in sentence
    assert mailbox.messages == []


def test_a_site_without_a_mail_server_says_so(db, settings):
    settings.MAILERS = {"default": {"BACKEND": "fans.smtp.EmailBackend"}}
    with pytest.raises(CommandError, match="No mail server is configured. Set EMAIL_URL"):
        call_command("send_test_mail", ADDRESS)

    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    out = io.StringIO()
    call_command("send_test_mail", ADDRESS, stdout=out)
    assert "was not sent" in out.getvalue()


def test_what_is_no_address_is_refused(db):
    with pytest.raises(CommandError, match="'ana' is no e-mail address"):
        call_command("send_test_mail", "ana")


def test_success_ends_a_pause_of_the_queue_and_a_refusal_does_not(db, settings):
    MailQueue.objects.pause("It was down.", timezone.now())
    with smtp_server() as mailbox:
        mailbox.answers["MAIL"] = "550 no"
        refusal(settings, mailbox.url)
        assert MailQueue.objects.get().paused_at
        mailbox.answers.clear()
        send(settings, mailbox.url)

    assert MailQueue.objects.get().paused_at is None
