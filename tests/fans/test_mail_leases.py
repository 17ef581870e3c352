"""Leases on mail: renewed while a slow server answers, and no write from a worker that has lost its lease."""

import os
import shutil
import socketserver
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError
from django.utils import timezone

from cinemaclips.email_url import mailer_from_url
from fans import mail_leases
from fans.mail_leases import MailLease
from fans.models import Mail
from fans.outbox import deliver_batch

KIND = "fans/mail/login_link"
LEASE_SECONDS, ANSWER_SECONDS = (
    1,
    2.5,
)  # the slow server answers after two lengths of a lease
PROCESS_LIMIT = 60  # seconds; a worker that runs longer is killed


def enqueue(number=1):
    Mail.objects.enqueue(KIND, f"fan{number}@example.com", key=f"mail {number}", context={"token": "x"})
    return Mail.objects.get(key=f"mail {number}")


def take_over(mail):
    """Another worker claims this mail, after its lease has run out."""
    Mail.objects.filter(pk=mail.pk).update(
        leased_by="another worker", lease_until=timezone.now() + mail_leases.LEASE
    )


def held_by_another(mail):
    mail.refresh_from_db()
    return mail.leased_by == "another worker" and mail.lease_until is not None


@pytest.fixture
def lease(db):
    """A lease on one mail."""
    enqueue()
    lease = MailLease()
    assert len(lease.claim_batch()) == 1
    return lease


def test_two_claims_of_one_process_have_different_ids(db):
    assert MailLease().claim_id != MailLease().claim_id
    assert max(len(MailLease().claim_id) for _ in range(3)) <= Mail._meta.get_field("leased_by").max_length


def test_renewing_moves_the_end_of_the_lease(lease):
    Mail.objects.update(lease_until=timezone.now() + timedelta(seconds=1))

    assert lease.renew(Mail.objects.get())
    assert Mail.objects.get().lease_until > timezone.now() + mail_leases.LEASE / 2


def test_a_mail_taken_over_by_another_worker_cannot_be_renewed(lease):
    mail = Mail.objects.get()
    take_over(mail)

    assert not lease.renew(mail)
    assert held_by_another(mail)


@pytest.mark.parametrize(
    "result",
    [
        {"sent_at": timezone.now(), "last_error": ""},
        {"dead_at": timezone.now(), "attempts": 1},
        {"attempts": 1, "not_before": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_result_is_not_written_after_the_lease_was_lost(lease, caplog, result):
    mail = Mail.objects.get()
    take_over(mail)
    lease.record(mail, **result)

    assert held_by_another(mail)
    assert (mail.sent_at, mail.dead_at, mail.attempts) == (None, None, 0)
    assert "lease" in caplog.text and "fan1" not in caplog.text


def test_a_late_failure_does_not_overwrite_that_another_worker_has_sent_the_mail(lease):
    mail, now = Mail.objects.get(), timezone.now()
    Mail.objects.update(sent_at=now, lease_until=None, leased_by="another worker")
    lease.record(mail, dead_at=now, attempts=1)
    lease.release([mail])
    mail.refresh_from_db()

    assert (mail.sent_at, mail.dead_at, mail.attempts) == (now, None, 0)


def test_releasing_leaves_what_another_worker_holds(lease):
    mail = Mail.objects.get()
    take_over(mail)
    lease.release([mail])

    assert held_by_another(mail)


def test_a_worker_that_lost_its_lease_sends_no_further_mail(db, monkeypatch):
    first, second = enqueue(1), enqueue(2)
    send = EmailBackend.send_messages

    def suspended_while_sending(self, messages):
        take_over(first)
        take_over(second)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", suspended_while_sending)
    deliver_batch()

    assert [message.to for message in mail.outbox] == [["fan1@example.com"]]
    assert held_by_another(first) and held_by_another(second)
    assert (first.sent_at, second.sent_at) == (None, None)


def test_a_late_server_error_does_not_postpone_another_worker_s_mail(db, monkeypatch):
    first, second = enqueue(1), enqueue(2)

    def fail_late(self, messages):
        take_over(first)
        take_over(second)
        raise ConnectionResetError("late")

    monkeypatch.setattr(EmailBackend, "send_messages", fail_late)
    deliver_batch()

    assert held_by_another(first) and held_by_another(second)
    assert (first.attempts, second.attempts) == (0, 0)


def test_the_background_renewal_covers_all_that_is_held_and_nothing_else(db):
    waiting, sent, released, taken = (enqueue(number) for number in range(4))
    lease, now = MailLease(), timezone.now()
    lease.claim_batch()
    Mail.objects.update(lease_until=now)
    lease.record(sent, sent_at=now)
    lease.release([released])
    Mail.objects.filter(pk=taken.pk).update(leased_by="another worker")
    lease._renew_all()

    ends = {mail.pk: mail.lease_until for mail in Mail.objects.all()}
    assert ends.pop(waiting.pk) > now + mail_leases.LEASE / 2
    assert ends == {sent.pk: None, released.pk: None, taken.pk: now}


def test_a_renewal_that_fails_is_logged_and_tried_again(db, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise DatabaseError("locked")

    monkeypatch.setattr(type(Mail.objects.all()), "update", fail)
    MailLease()._renew_all()

    assert "could not be renewed: locked" in caplog.text


def test_the_thread_renews_several_times_per_lease_until_the_block_ends(monkeypatch):
    renewed, lease = threading.Semaphore(0), MailLease()
    monkeypatch.setattr(mail_leases, "LEASE", timedelta(seconds=0.06))
    monkeypatch.setattr(lease, "_renew_all", renewed.release)
    threads_before = threading.active_count()
    with lease.renewed_in_background():
        assert all(renewed.acquire(timeout=10) for _ in range(3))

    assert threading.active_count() == threads_before


def test_the_thread_ends_when_sending_fails():
    threads_before = threading.active_count()
    with pytest.raises(OSError), MailLease().renewed_in_background():  # noqa: PT011 - any
        raise OSError

    assert threading.active_count() == threads_before


def test_a_mail_server_has_a_minute_to_answer():
    """RFC 5321 allows slow servers. Closing the connection early would send again what the server accepted."""
    assert mailer_from_url("smtp://localhost")["OPTIONS"]["timeout"] >= 60


WORKER = """
import os, time
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from fans import mail_leases, outbox
from fans.models import Mail
mail_leases.LEASE = timedelta(seconds=float(os.environ["LEASE"]))
server = {"host": "127.0.0.1", "port": int(os.environ["SMTP_PORT"]), "timeout": 20}
settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": server}}
while Mail.objects.unsent().exists():
    outbox.deliver_batch() or time.sleep(0.05)
"""


class SlowSMTP(socketserver.StreamRequestHandler):
    """A mail server that accepts every mail, and answers only after `ANSWER_SECONDS`."""

    def handle(self):
        self.wfile.write(b"220 slow\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.take_mail()
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")

    def take_mail(self):
        lines = list(iter(self.rfile.readline, b".\r\n"))
        self.server.taken.extend(line.split()[1] for line in lines if line.startswith(b"To:"))
        self.server.first_mail.set()
        time.sleep(ANSWER_SECONDS)


@pytest.fixture
def slow_server():
    socketserver.ThreadingTCPServer.daemon_threads = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), SlowSMTP) as server:
        server.taken, server.first_mail = [], threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def start_worker(empty_site, tmp_path, slow_server):
    """Starts worker processes on a copy of the empty site; those that still run at the end are killed."""
    shutil.copytree(empty_site, tmp_path, dirs_exist_ok=True)
    processes = []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")} | {
        "DJANGO_SETTINGS_MODULE": "cinemaclips.settings",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "LEASE": str(LEASE_SECONDS),
        "SMTP_PORT": str(slow_server.server_address[1]),
    }

    def start(script=WORKER):
        process = subprocess.Popen([sys.executable, "-c", script], cwd=settings.BASE_DIR, env=environment)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


FILL = """
import django
django.setup()
from fans.models import Mail
for n in range(2):
    Mail.objects.enqueue("fans/mail/login_link", f"fan{n}@example.com", key=f"{n}", context={"token": "x"})
"""


def test_two_processes_send_no_mail_twice_while_a_slow_server_answers(slow_server, start_worker):
    assert start_worker(FILL).wait(PROCESS_LIMIT) == 0
    first = start_worker()
    assert slow_server.first_mail.wait(PROCESS_LIMIT / 2)
    second = start_worker()

    assert [first.wait(PROCESS_LIMIT), second.wait(PROCESS_LIMIT)] == [0, 0]
    assert sorted(slow_server.taken) == [b"fan0@example.com", b"fan1@example.com"]
