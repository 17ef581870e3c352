"""While the mail server takes nothing from us, the outbox waits: no mail is given up, and none loses an attempt."""

import smtplib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cinemaclips.email_url import mailer_from_url
from fans import mail_leases
from fans.models import Mail, MailQueue
from fans.models.mail_queue import PAUSES
from fans.outbox import deliver_batch
from tests.factories import make_staff
from tests.running_site import free_port
from tests.smtp_server import smtp_server

KIND, COUNT = "fans/mail/login_link", 25
SECOND = timedelta(seconds=1)


def enqueue(count=COUNT):
    for number in range(count):
        Mail.objects.enqueue(KIND, f"fan{number}@example.com", key=f"mail {number}", context={"token": "x"})


@pytest.fixture
def clock(monkeypatch):
    """Moves `timezone.now` on by a delay."""
    real_now, passed = timezone.now, [timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: real_now() + passed[0])

    def move(delay):
        passed[0] += delay

    return move


@pytest.fixture
def mailbox(db, settings):
    """A server to which this site sends."""
    with smtp_server() as mailbox:
        settings.MAILERS = {"default": mailer_from_url(mailbox.url)}
        yield mailbox


def deliver_all():
    while deliver_batch():
        pass


def errors(caplog):
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


def assert_nothing_is_lost(count=COUNT):
    assert Mail.objects.unsent().count() == count
    assert not Mail.objects.filter(attempts__gt=0).exists()
    assert not Mail.objects.filter(lease_until__isnull=False).exists(), (
        "no mail is held while the queue waits"
    )


REFUSALS_OF_US = [
    ("MAIL", "550 5.7.1 Sender rejected", "takes no mail from us (550 5.7.1"),
    ("MAIL", "553 5.1.8 Domain not found", "takes no mail from us (553"),
    ("MAIL", "530 5.7.0 Must issue a STARTTLS command first", "refuses our log-in (530"),
    ("MAIL", "451 4.7.1 Try later", "takes no mail from us (451"),
    ("MAIL", "421 4.3.2 Shutting down", "takes no mail from us (421"),
    ("RCPT", "554 5.7.1 <fan0@example.com>: Relay access denied", "takes no mail from us (554"),
    ("RCPT", "550 5.7.1 Sender address rejected: not owned by user", "takes no mail from us (550"),
    ("RCPT", "530 5.7.0 Authentication required", "refuses our log-in (530"),
    ("RCPT", "452 4.3.1 Insufficient system storage", "takes no mail from us (452"),
    ("RCPT", "421 4.7.0 Too many connections", "takes no mail from us (421"),
    ("DATA", "550 5.7.60 Client does not have permissions to send as this sender", "takes no mail from us (550"),
    ("DATA", "554 Message rejected: Email address is not verified.", "takes no mail from us (554"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS_OF_US, ids=str)
def test_a_refusal_of_us_pauses_the_queue_and_gives_no_mail_up(mailbox, clock, caplog, refusal):
    """Before, a 550 at MAIL FROM gave up 25 of 25 mails within three seconds."""
    command, answer, words = refusal
    enqueue()
    mailbox.answers[command] = answer
    for _ in range(10):
        deliver_all()
        clock(5 * SECOND)  # the worker's rounds

    assert_nothing_is_lost()
    queue = MailQueue.objects.get()
    assert words in queue.problem and str(queue) == queue.problem and "example.com" not in queue.problem
    assert len([1 for asked, _ in mailbox.asked if asked == command]) == 2, "one try, and one after the pause"
    assert len(errors(caplog)) == 1 and words in errors(caplog)[0] and "fan0" not in caplog.text

    mailbox.answers.clear()
    clock(PAUSES[-1])
    deliver_all()
    assert len(mailbox.messages) == COUNT and not Mail.objects.unsent().exists()
    assert MailQueue.objects.get().paused_at is None and str(MailQueue.objects.get()) == "Mail leaves"


def test_a_dead_server_pauses_the_queue_until_it_is_back(db, settings, clock, caplog):
    port = free_port()
    settings.MAILERS = {"default": mailer_from_url(f"smtp://localhost:{port}")}
    enqueue()
    for _ in range(3):
        deliver_all()
        clock(PAUSES[-1])
    assert_nothing_is_lost()
    assert "cannot be reached" in MailQueue.objects.get().problem and len(errors(caplog)) == 1

    with smtp_server(port=port) as mailbox:
        deliver_all()
    assert len(mailbox.messages) == COUNT


def test_a_site_without_a_mail_server_keeps_its_mail(db, settings, caplog):
    """Before, the mails stayed leased and neither the desk nor the log said what to do."""
    settings.MAILERS = {"default": {"BACKEND": "fans.smtp.EmailBackend"}}
    enqueue()
    deliver_all()

    assert_nothing_is_lost()
    assert "Set EMAIL_URL" in MailQueue.objects.get().problem and "Set EMAIL_URL" in caplog.text


def test_a_server_that_loses_the_connection_pauses_the_queue(mailbox, monkeypatch):
    enqueue(3)
    monkeypatch.setattr("smtplib.SMTP.sendmail", _hang_up_at("fan0@example.com"))
    deliver_all()

    assert_nothing_is_lost(3)


def _hang_up_at(address):
    """An `SMTP.sendmail` that loses the connection at this address."""
    send = smtplib.SMTP.sendmail

    def sendmail(self, sender, recipients, message):
        if recipients == [address]:
            self.close()
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return send(self, sender, recipients, message)

    return sendmail


def test_one_mail_at_which_the_queue_stops_does_not_hold_up_the_others(mailbox, clock, monkeypatch):
    """A mail that makes the server hang up goes to the end, and pays with attempts of its own."""
    monkeypatch.setattr("smtplib.SMTP.sendmail", _hang_up_at("fan0@example.com"))
    enqueue(5)
    for _ in range(3):
        deliver_all()
        clock(PAUSES[0])

    assert len(mailbox.messages) == 4
    last = Mail.objects.unsent().get()
    assert (last.to, last.attempts, last.has_stopped_queue) == ("fan0@example.com", 1, True)
    assert MailQueue.objects.get().paused_at is None


def test_the_pauses_grow_to_ten_minutes(mailbox, clock):
    enqueue(1)
    mailbox.answers["MAIL"] = "550 no"
    waits = []
    for _ in range(7):
        deliver_all()
        wait = MailQueue.objects.get().retry_at - timezone.now()
        waits.append(timedelta(seconds=round(wait.total_seconds())))
        clock(wait - SECOND)
        asked = len(mailbox.asked)
        deliver_all()
        assert len(mailbox.asked) == asked, "nobody tries before the end of the pause"
        clock(2 * SECOND)

    assert waits == [*PAUSES, PAUSES[-1], PAUSES[-1]] and max(waits) == timedelta(minutes=10)


def test_another_problem_during_a_pause_is_logged_too(mailbox, clock, caplog):
    enqueue(1)
    for answer in ("550 no", "550 no", "530 log in", "530 log in"):
        mailbox.answers["MAIL"] = answer
        deliver_all()
        clock(PAUSES[-1])

    assert ["log-in" in message for message in errors(caplog)] == [False, True]
    assert "530" in MailQueue.objects.get().problem


def test_one_worker_at_a_time_tries_a_paused_queue(mailbox, clock):
    enqueue()
    MailQueue.objects.pause("It was down.", timezone.now())
    clock(PAUSES[0])

    assert MailQueue.objects.claim_retry(timezone.now())
    assert not MailQueue.objects.claim_retry(timezone.now())
    assert deliver_batch() is False and mailbox.asked == []
    clock(timedelta(minutes=5))  # that worker was killed
    deliver_all()
    assert len(mailbox.messages) == COUNT


def test_a_worker_that_has_lost_its_lease_does_not_pause_the_queue(mailbox, caplog, monkeypatch):
    enqueue(1)

    mailbox.answers["MAIL"] = "550 late"
    renew = mail_leases.MailLease.renew

    def renew_and_lose(lease, mail):
        held = renew(lease, mail)
        Mail.objects.update(leased_by="another worker", lease_until=timezone.now() + mail_leases.LEASE)
        return held

    monkeypatch.setattr(mail_leases.MailLease, "renew", renew_and_lose)
    assert deliver_batch() is False

    assert not MailQueue.objects.filter(paused_at__isnull=False).exists() and errors(caplog) == []
    assert Mail.objects.get().leased_by == "another worker" and Mail.objects.get().lease_until


REFUSALS_OF_ONE = [
    ("RCPT", "550 5.1.1 User unknown", True),
    ("RCPT", "552 5.2.2 Mailbox full", True),
    ("RCPT", "550 5.4.1 Recipient address rejected: Access denied", True),
    ("RCPT", "450 4.2.0 Greylisted", False),
    ("RCPT", "451 Try again", False),
    ("DATA", "554 5.6.0 Rejected for its content", True),
    ("DATA", "451 4.6.0 Not now", False),
]


@pytest.fixture(params=[False, True], ids=["running", "paused"])
def maybe_paused(request, mailbox, clock):
    """A server, and a queue that is not paused, or that is paused and due for its next try."""
    if request.param:
        MailQueue.objects.pause("It was down.", timezone.now())
        clock(PAUSES[0])
    return mailbox


@pytest.mark.parametrize("refusal", REFUSALS_OF_ONE, ids=str)
def test_a_refusal_of_one_mail_concerns_it_alone(maybe_paused, caplog, refusal):
    mailbox, (command, answer, is_final) = maybe_paused, refusal
    enqueue(3)
    mailbox.answers[command] = lambda address: answer if address == "fan0@example.com" else None
    deliver_all()

    refused = Mail.objects.get(to="fan0@example.com")
    assert (refused.dead_at is not None, refused.attempts, refused.sent_at) == (is_final, 1, None)
    assert answer.split()[0] in refused.last_error and "fan0" not in caplog.text
    assert len(mailbox.messages) == 2
    assert not MailQueue.objects.filter(paused_at__isnull=False).exists(), "the server works"


def test_a_mail_that_cannot_be_made_says_nothing_about_the_server(mailbox, clock):
    Mail.objects.enqueue("no/such/template", "ana@example.com", key="broken", context={})
    MailQueue.objects.pause("It was down.", timezone.now())
    clock(PAUSES[0])
    deliver_batch()
    assert Mail.objects.get().attempts == 1 and "could not be made" in Mail.objects.get().last_error
    assert MailQueue.objects.get().paused_at, "nobody has asked the server"

    enqueue(1)
    deliver_all()
    assert len(mailbox.messages) == 1 and MailQueue.objects.get().paused_at is None


def test_the_desk_says_what_is_wrong_since_when_and_how_many_mails_wait(mailbox, client):
    client.force_login(make_staff("editor"))
    assert "No mail leaves" not in client.get("/desk/").content.decode()
    enqueue(2)
    mailbox.answers["MAIL"] = "550 5.7.1 Sender rejected"
    deliver_all()

    page = client.get("/desk/").content.decode()
    for words in ("No mail leaves", "Since ", "550 5.7.1 Sender rejected", "set MAIL_FROM", "2 mails wait."):
        assert words in page
    Mail.objects.first().delete()
    assert "1 mail waits." in client.get("/desk/").content.decode()
    mailbox.answers.clear()
    MailQueue.objects.try_again(timezone.now())
    deliver_all()
    assert "No mail leaves" not in client.get("/desk/").content.decode()


def test_the_database_holds_one_row_and_a_pause_with_its_problem(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        MailQueue.objects.create(pk=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailQueue.objects.create(pk=1, paused_at=timezone.now(), retry_at=timezone.now())
