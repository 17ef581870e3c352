"""The outbox: mail is stored in the transaction, sent under leases, retried with growing waits, never lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.models import Mail
from fans.models.outbox import BACK_OFF, LEASE
from fans.outbox import RETENTION, deliver_batch, purge_mail
from tests.factories import make_staff
from tests.outbox import deliver

KIND = "fans/mail/login_link"
PROCESS_LIMIT = 120  # seconds; a worker that runs longer fails the test and is killed


def enqueue(number=1, **more):
    Mail.objects.enqueue(
        KIND, f"fan{number}@example.com", key=f"mail {number}", context={"token": "sesame"}, **more
    )


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers each mail with the next of these errors; None accepts it."""
    answers, real = [], EmailBackend.send_messages

    def send_messages(self, messages):
        if answers and (error := answers.pop(0)):
            raise error
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return answers


def refused(code):
    return SMTPRecipientsRefused({"fan1@example.com": (code, b"no")})


def test_a_mail_is_sent_once_however_often_it_is_enqueued(db):
    enqueue()
    enqueue()

    assert [each.to for each in deliver()] == [["fan1@example.com"]]
    assert deliver_batch() is False
    sent = Mail.objects.get()
    assert sent.sent_at and sent.lease_until is None and str(sent) == f"{KIND} to fan1@example.com"


def test_a_failed_transaction_enqueues_no_mail(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue()
        raise RuntimeError

    assert deliver() == []


def test_the_message_id_follows_from_the_key_and_from_nothing_else(db):
    enqueue()
    first = deliver()[0].extra_headers["Message-ID"]
    Mail.objects.update(sent_at=None)

    assert deliver()[1].extra_headers["Message-ID"] == first
    assert first.endswith("@127.0.0.1>")


def test_recipients_are_stored_in_canonical_spelling(db):
    Mail.objects.enqueue(KIND, "  Fan@Example.COM ", key="one", context={"token": "x"})

    assert Mail.objects.get(to="FAN@example.com").to == "fan@example.com"


def test_a_mail_waits_for_its_time(db):
    enqueue(not_before=timezone.now() + timedelta(minutes=1))

    assert deliver() == []


def test_a_mail_held_by_another_worker_waits_until_the_lease_ends(db):
    enqueue()
    Mail.objects.update(lease_until=timezone.now() + LEASE)
    assert deliver() == []

    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert len(deliver()) == 1


def test_a_mail_that_is_not_taken_yet_is_tried_again_after_growing_waits(db, server):
    enqueue()
    waits = []
    for _ in BACK_OFF:
        server[:] = [refused(450)]
        assert deliver_batch() is True
        waiting = Mail.objects.get()
        waits.append(round((waiting.not_before - timezone.now()) / timedelta(minutes=1)))
        assert "not take the recipient yet: 450 no" in waiting.last_error and waiting.lease_until is None
        Mail.objects.update(not_before=timezone.now())
    assert waits == [1, 5, 30, 120, 360, 1440, 1440, 1440]

    assert len(deliver()) == 1


def test_a_mail_is_given_up_after_four_days_and_logged(db, server, caplog):
    enqueue()
    Mail.objects.update(attempts=len(BACK_OFF))
    server[:] = [refused(450)]
    deliver_batch()

    assert Mail.objects.dead().count() == 1
    assert (
        "given up: The mail server does not take the recipient yet: 450" in caplog.text
        and "fan1" not in caplog.text
    )


def test_a_connection_lost_in_a_batch_delays_the_rest_and_costs_no_attempt(db, server):
    for number in range(4):
        enqueue(number)
    server[:] = [None, SMTPServerDisconnected("gone")]
    deliver_batch()

    assert Mail.objects.filter(sent_at__isnull=False).count() == 1
    assert not Mail.objects.filter(attempts=1).exists()
    assert Mail.objects.due(timezone.now()).count() == 3


@pytest.mark.parametrize(
    ("error", "dead"),
    [
        (refused(550), True),
        (refused(450), False),
        (SMTPDataError(554, b"never"), True),
        (SMTPDataError(451, b"later"), False),
        (ValueError("no template"), False),
    ],
)
def test_only_a_final_refusal_gives_a_mail_up_and_none_stops_the_next(db, server, error, dead):
    enqueue(1)
    enqueue(2)
    server[:] = [error]
    deliver_batch()

    first, second = Mail.objects.order_by("pk")
    assert (first.dead_at is not None) == dead
    assert first.sent_at is None and first.attempts == 1 and first.last_error
    assert second.sent_at


def test_an_error_on_closing_the_connection_loses_nothing(db, monkeypatch, caplog):
    monkeypatch.setattr(EmailBackend, "close", lambda self: (_ for _ in ()).throw(OSError("slammed")))
    enqueue()

    assert len(deliver()) == 1
    assert "slammed" in caplog.text


def test_a_mail_that_was_given_up_can_be_tried_again_at_the_desk(db, client):
    enqueue()
    Mail.objects.update(dead_at=timezone.now(), attempts=1)
    client.force_login(make_staff("administrator", is_superuser=True))
    assert "fan1@example.com" in client.get("/desk/fans/mail/").content.decode()
    client.post("/desk/fans/mail/", {"action": "send_again", "_selected_action": Mail.objects.get().pk})

    assert len(deliver()) == 1
    page = client.get(f"/desk/fans/mail/{Mail.objects.get().pk}/change/").content.decode()
    assert "sesame" not in page


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({}, ">Waiting<"),
        ({"attempts": 2, "last_error": "421 busy"}, ">Tried 2 times: 421 busy<"),
        ({"sent_at": datetime(2026, 12, 1, 19, 5, tzinfo=UTC)}, ">Sent 1 Dec 2026, 12:05<"),
        (
            {"dead_at": datetime(2026, 12, 1, tzinfo=UTC), "last_error": "550 no such user"},
            ">Given up: 550 no such user<",
        ),
    ],
)
def test_the_desk_shows_the_delivery_state_of_a_mail(db, client, known, shown):
    enqueue()
    Mail.objects.update(**known)
    client.force_login(make_staff("administrator", is_superuser=True))

    assert shown in client.get("/desk/fans/mail/").content.decode()


def test_the_database_refuses_a_mail_both_sent_and_given_up(db):
    enqueue()
    with pytest.raises(IntegrityError):
        Mail.objects.update(sent_at=timezone.now(), dead_at=timezone.now())


def test_old_mail_is_purged(db):
    for number, field in enumerate(("sent_at", "dead_at")):
        enqueue(number)
        Mail.objects.filter(key=f"mail {number}").update(
            **{field: timezone.now() - RETENTION - timedelta(hours=1)}
        )
    enqueue(3)
    purge_mail(timezone.now())

    assert [each.key for each in Mail.objects.all()] == ["mail 3"]


WORKER = """
import os, sys, time
import django
django.setup()
from django.core.mail.backends.base import BaseEmailBackend
class Log(BaseEmailBackend):
    def send_messages(self, messages):
        for message in messages:
            log = os.open(os.environ["LOG"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
            os.write(log, f"{message.to[0]} {message.extra_headers['Message-ID']}\\n".encode())
            os.close(log)
            time.sleep(float(os.environ["PAUSE"]))
        return len(messages)
from fans import mail_leases, outbox
if "NO_LEASES" in os.environ:  # every worker believes that every claim is its own
    mail_leases.MailLease.__init__ = lambda self: setattr(self, "claim_id", "anybody")
outbox.mailers = type("Mailers", (), {"default": property(lambda self: Log())})()
from fans.models import Mail
if sys.argv[1:] == ["fill"]:
    Mail.objects.enqueue_all(
        Mail(kind="fans/mail/login_link", to=f"fan{n}@example.com", key=f"{n}", context={"token": "x"}) for n in range(40)
    )
while outbox.deliver_batch() if not sys.argv[1:] else False:
    pass
"""


def start_in(folder, *words):
    """Start a worker process with its data in this folder."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith("COV")
    }  # without coverage, which slows it down
    environment = plain | {
        "DJANGO_SETTINGS_MODULE": "cinemaclips.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "LOG": str(folder / "log"),
        "PAUSE": "0.02",
    }
    return subprocess.Popen([sys.executable, "-c", WORKER, *words], cwd=settings.BASE_DIR, env=environment)


@pytest.fixture(scope="module")
def filled(empty_site, tmp_path_factory):
    """A folder with a database of 40 mails."""
    folder = shutil.copytree(empty_site, tmp_path_factory.mktemp("outbox") / "site")
    with start_in(folder, "fill") as process:
        try:
            assert process.wait(PROCESS_LIMIT) == 0
        finally:
            process.kill()
    return folder


@pytest.fixture
def workers(filled, tmp_path):
    """Starts workers on a copy of that database; those that still run at the end are killed."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    processes = []

    def workers():
        processes.append(start_in(tmp_path))
        return processes[-1]

    workers.database, workers.log = tmp_path / "db.sqlite3", tmp_path / "log"
    yield workers
    for process in processes:
        process.kill()
        process.wait()


def sent(workers):
    return workers.log.read_text().split("\n")[:-1] if workers.log.exists() else []


def test_a_killed_worker_loses_no_mail_and_sends_at_most_one_twice(workers):
    first = workers()
    deadline = time.monotonic() + PROCESS_LIMIT
    while len(sent(workers)) < 8 and time.monotonic() < deadline:
        time.sleep(0.005)
    first.send_signal(signal.SIGKILL)
    first.wait(PROCESS_LIMIT)
    began = len(sent(workers))
    with sqlite3.connect(workers.database) as database:  # as if five minutes had passed
        held = database.execute(
            "UPDATE fans_mail SET lease_until = NULL WHERE sent_at IS NULL AND lease_until IS NOT NULL"
        )
        assert held.rowcount > 0
    assert workers().wait(PROCESS_LIMIT) == 0

    assert began < 40
    assert len({line.split()[0] for line in sent(workers)}) == 40
    assert len(sent(workers)) <= 41
    assert len(set(sent(workers))) == 40  # a mail that is sent twice has the same Message-ID


def test_two_workers_send_each_mail_once(workers):
    both = [workers(), workers()]

    assert [each.wait(PROCESS_LIMIT) for each in both] == [0, 0]
    assert len(sent(workers)) == len(set(sent(workers))) == 40


def test_without_leases_two_workers_would_send_mails_twice(workers, monkeypatch):
    """The control: the two tests above can fail."""
    monkeypatch.setenv("NO_LEASES", "1")
    with sqlite3.connect(workers.database) as database:
        database.execute(
            "CREATE TRIGGER no_lease AFTER UPDATE OF lease_until ON fans_mail WHEN NEW.lease_until IS NOT NULL "
            "BEGIN UPDATE fans_mail SET lease_until = NULL WHERE id = NEW.id; END"
        )
    both = [workers(), workers()]

    assert [each.wait(PROCESS_LIMIT) for each in both] == [0, 0]
    assert len(sent(workers)) > len(set(sent(workers))) == 40


def test_ten_thousand_mails_are_enqueued_in_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        Mail.objects.enqueue_all(Mail(kind=KIND, to=f"{n}@example.com", key=str(n)) for n in range(10_000))

    assert Mail.objects.count() == 10_000
    assert mail.outbox == []
