"""
Tests entering a contest from several processes at once, which are killed with SIGKILL again and again.

    python bench/entering.py --rounds 1000     counts acknowledged entries that are lost or doubled
    python bench/entering.py --rounds 20 --control eager|double|mail     breaks the code; must find faults
    python bench/entering.py --speed 20     confirmed entries a second, compared with syncs of the disk
    python bench/entering.py --race 50     four processes confirm one address at the same moment

All requests go through the site's own views, in processes that share one SQLite file with synchronous=FULL.
"""

import argparse
import json
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent))
PROCESSES = 4
SERVER_PROCESSES = min(os.cpu_count() or 1, 4)  # as many as `manage.py run` starts
WARM_CLIENTS = []
CONFIRMATIONS = 1_600  # entries, where only the confirmation is measured
ROUND_SECONDS = 0.6  # the longest time until the processes of a round are killed
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinemaclips.settings")


def prepare():
    """Create a migrated database with an open contest, unless there is one."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from contest.models import Contest

    if "contest_contest" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    if not Contest.objects.exists():
        from tests.factories import make_contest

        make_contest(slug="bench", draw_id="bench")
    from contest.models import Region

    confirm(browser(), send(browser(), f"warm{time.time_ns()}@example.com", Region.objects.first().pk))
    connection.close()


class Log:
    """A file to which several processes append lines; each line is written in one piece."""

    def __init__(self, path) -> None:
        self.path = Path(path)

    def add(self, *words: Any):
        handle = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.write(handle, (" ".join(words) + "\n").encode())
        os.close(handle)

    def lines(self):
        return [line.split() for line in self.path.read_text().splitlines()] if self.path.exists() else []


class Readers:
    """A test client whose requests come each from another network, without cookies."""

    def __init__(self) -> None:
        from django.test import Client

        self.client = Client(HTTP_HOST="127.0.0.1")

    def post(self, path, data=None):
        self.client.cookies.clear()
        address = ".".join(str(random.randrange(1, 255)) for _ in range(4))  # noqa: S311
        form = "application/x-www-form-urlencoded"
        return self.client.post(path, urlencode(data or {}), content_type=form, REMOTE_ADDR=address)


def browser():
    """The client of this process, created before the fork, since a real server is warmed up, too."""
    if not WARM_CLIENTS:
        WARM_CLIENTS.append(Readers())
    return WARM_CLIENTS[0]


def send(client, email: str, region):
    """Send the form for this address. Returns its unconfirmed entry, or None."""
    from contest.models import Entry
    from fans.public_forms import new_stamp

    data = {
        "name": "Fan",
        "email": email,
        "region": region,
        "of_age": "yes",
        "rules": "on",
        "stamp": new_stamp(),
    }
    answer = client.post("/contest/bench/enter/", data)
    assert answer.status_code == 302, answer.content[:300]
    return Entry.objects.unconfirmed().filter(email=email).only("pk").last()


def confirm(client, entry):
    """Press the button behind the mailed link. Returns the code of the receipt."""
    from contest import entering

    answer = client.post(f"/contest/confirm/{entering.confirm_token(entry)}/")
    found = re.fullmatch(r"/contest/receipts/(\w+)/", answer.headers.get("Location", ""))
    assert found, (answer.status_code, answer.content[:300])
    return found[1]


def keep_entering(number, log: Any, control, until):
    """Enter one address after the other; some addresses are entered by all processes at once."""
    from contest.models import Region

    sabotage(control)
    region, turn = Region.objects.first().pk, 0
    while time.monotonic() < until:
        turn += 1
        shared = turn % 3 == 0 or control == "double"
        alone, together = f"p{number}-{os.getpid()}-{turn}", f"shared{int(time.monotonic() * 20)}"
        enter_one(f"{together if shared else alone}@example.com", region, log, control)


def keep_entering_alone(number, log: Any, until):
    """Enter one address after the other, each in this process only."""
    from contest.models import Region

    region, turn = Region.objects.first().pk, 0
    while time.monotonic() < until:
        turn += 1
        enter_one(f"p{number}-{turn}@example.com", region, log)


def enter_one(email: str, region, log: Any, control=""):
    """Send the form, open the mailed link, press the button, and log what was acknowledged."""
    client = browser()
    entry = send(client, email, region)
    if entry is not None:
        if control == "eager":
            log.add(email, "soon")
        log.add(email, confirm(client, entry))


def sabotage(control):
    """Replace a part of the code by a faulty one, to show that the faults are found."""
    from contest import entering
    from contest.models.entries import EntryQuerySet
    from fans.models import Mail

    if control == "double":
        EntryQuerySet.of_person = lambda entries, identity: entries.none()
    if control == "mail":
        enqueue, held_back = Mail.objects.enqueue, []

        def enqueue_late(kind, to, **more: Any):
            held_back.append((kind, to, more))

        entering.Mail.objects.__class__.enqueue = lambda rows, kind, to, **more: enqueue_late(
            kind, to, **more
        )
        confirm = entering.confirm_entry

        def confirm_then_mail(entry, now: datetime):
            confirmed = confirm(entry, now)
            time.sleep(0.02)
            while held_back:
                kind, to, more = held_back.pop()
                Mail.objects.bulk_create([Mail(kind=kind, to=to, **more)], ignore_conflicts=True)
            return confirmed

        entering.confirm_entry = confirm_then_mail
        assert enqueue


def keep_sending(log: Any, until):
    """Do what the worker does with the outbox, but write each mail to `log`."""
    from django.core.mail.backends.base import BaseEmailBackend

    from fans import outbox

    class Sink(BaseEmailBackend):
        def send_messages(self, messages):
            for message in messages:
                log.add(message.to[0], message.extra_headers["Message-ID"])
            return len(messages)

    outbox.mailers = type("Mailers", (), {"default": property(lambda self: Sink())})()
    while time.monotonic() < until:
        if not outbox.deliver_batch():
            time.sleep(0.01)


def start(work, *args: Any):
    process = multiprocessing.get_context("fork").Process(target=work, args=args)
    process.start()
    return process


def kill_rounds(rounds, folder, control=""):
    """Run rounds of entering, each killed at a random time. Returns what was lost or doubled."""
    from django.db import connection

    from fans.models import Mail

    acknowledged, sent = Log(folder / "acknowledged"), Log(folder / "sent")
    if control == "double":
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS entry_one_per_person")
    for _ in range(rounds):
        connection.close()
        killed_round(acknowledged, sent, control)
        Mail.objects.update(lease_until=None)  # as if the leases had run out
    connection.close()
    worker = start(keep_sending, sent, time.monotonic() + 86_400)
    while Mail.objects.unsent().exists():
        time.sleep(0.1)
    worker.kill()
    worker.join()
    return found(acknowledged, sent, rounds)


def killed_round(acknowledged, sent, control):
    """Let four processes enter and one send mail, and kill all at once."""
    until = time.monotonic() + ROUND_SECONDS
    processes = [start(keep_entering, number, acknowledged, control, until) for number in range(PROCESSES)]
    processes.append(start(keep_sending, sent, until))
    time.sleep(random.uniform(0.15, ROUND_SECONDS))  # noqa: S311
    for process in processes:
        os.kill(process.pid, signal.SIGKILL)
        process.join()


def found(acknowledged, sent, rounds):
    """Compare the database and the log of mail with what was acknowledged."""
    from collections import Counter

    from contest.models import Entry
    from fans.models import Mail

    entries = dict(Entry.objects.confirmed().values_list("email", "code"))
    people = Counter(Entry.objects.confirmed().values_list("email", flat=True))
    receipts = [(email, code) for email, code in acknowledged.lines() if code != "soon"]
    promised = {email for email, _ in acknowledged.lines()}
    mailed = {(each.to, each.message_id) for each in Mail.objects.filter(kind="contest/mail/receipt")}
    lines = [tuple(line) for line in sent.lines()]
    received = {to for to, message_id in lines if (to, message_id) in mailed}
    once = [(email, code) for email, code in receipts if people[email] == 1]
    return {
        "rounds": rounds,
        "acknowledged": len(receipts),
        "confirmed": len(entries),
        "lost": len(promised - entries.keys()) + sum(entries.get(email) != code for email, code in once),
        "doubled": sum(many - 1 for many in people.values()),
        "mails lost": len(entries.keys() - received),
        "mails sent": len(lines),
        "mails sent twice": len(lines) - len(set(lines)),
    }


def race(rounds):
    """Let four processes confirm one address at once. Returns how many entries each address got."""
    from collections import Counter

    from django.db import connection

    from contest.models import Entry, Region

    region = Region.objects.first().pk
    for number in range(rounds):
        email = f"one{number}@example.com"
        entries = [send(browser(), email, region) for _ in range(PROCESSES)]
        connection.close()
        barrier = multiprocessing.get_context("fork").Barrier(PROCESSES)
        processes = [start(confirm_together, barrier, entry) for entry in entries]
        for process in processes:
            process.join()
            assert process.exitcode == 0
    counted = Counter(Entry.objects.confirmed().values_list("email", flat=True))
    return {"addresses": rounds, "entries": sorted(Counter(counted.values()).items())}


def confirm_together(barrier, entry):
    client = browser()
    barrier.wait()
    confirm(client, entry)


def speed(seconds, folder):
    """Measure per second: entries from form to receipt, confirmations alone, and syncs of the disk."""
    from django.db import connection

    from contest.models import Entry, Region

    connection.close()
    whole = together(keep_entering_alone, seconds, Log(folder / "whole"))
    region = Region.objects.first().pk
    for number in range(CONFIRMATIONS):
        send(browser(), f"waiting{number}@example.com", region)
    waiting = list(Entry.objects.unconfirmed().order_by("-pk")[:CONFIRMATIONS])
    connection.close()
    began, acknowledged = time.monotonic(), Log(folder / "pressed")
    processes = [
        start(confirm_all, waiting[number::SERVER_PROCESSES], acknowledged)
        for number in range(SERVER_PROCESSES)
    ]
    for process in processes:
        process.join()
    pressed = len(acknowledged.lines()) / (time.monotonic() - began)
    return {
        "entered a second": whole,
        "confirmed a second": round(pressed, 1),
        "syncs a second": syncs(folder),
    }


def together(work, seconds, log: Any):
    """Run `work` in all processes. Returns how many lines a second they add to the log together."""
    until = time.monotonic() + seconds
    processes = [start(work, number, log, until) for number in range(SERVER_PROCESSES)]
    for process in processes:
        process.join()
    return round(len(log.lines()) / seconds, 1)


def confirm_all(entries, log: Any):
    for entry in entries:
        log.add(entry.email, confirm(browser(), entry))


def syncs(folder, seconds=2):
    """How many times a second this disk can write 4 kB and sync it."""
    path, many, ends = folder / "syncs", 0, time.monotonic() + seconds
    with path.open("wb") as file:
        while time.monotonic() < ends:
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            many += 1
    path.unlink()
    return round(many / seconds)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--folder", type=Path, help="Where its data lies; by default a new one each time.")
    words.add_argument("--rounds", type=int, default=0)
    words.add_argument("--control", choices=["eager", "double", "mail"], default="")
    words.add_argument("--speed", type=int, default=0, metavar="SECONDS")
    words.add_argument("--race", type=int, default=0, metavar="ROUNDS")
    asked = words.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="entering-"))
    os.environ |= {"DATA_DIR": str(folder), "DATABASE_URL": ""}
    prepare()
    result = {}
    if asked.rounds:
        result |= kill_rounds(asked.rounds, folder, asked.control)
    if asked.race:
        result |= race(asked.race)
    if asked.speed:
        result |= speed(asked.speed, folder)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
