"""
Measures freeze and draw with 100,000 entries (`make bench`). Limits: 10 seconds and 200 MB.

The freeze includes the list, the manifest, the weights, and a mail to every entrant.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ |= {
    "DATA_DIR": tempfile.mkdtemp(prefix="draw-"),
    "DATABASE_URL": "",
    "DJANGO_SETTINGS_MODULE": "cinemaclips.settings",
}
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from contest import drawing, freezing
from contest.models import Contest, Entry
from contest.models.entries import new_code, new_salt
from contest.verify import ticket_of
from tests.factories import make_contest, make_staff

ENTRIES, SECONDS, MEGABYTES = 100_000, 10, 200


def fill(contest: Contest) -> None:
    """Create the confirmed entries, a thousand per statement."""
    region, rules = contest.regions.first(), contest.current_rules
    at = contest.closes_at - timedelta(days=1)

    def entries() -> Iterator[Entry]:
        for number in range(ENTRIES):
            email, salt = f"fan{number}@example.com", new_salt()
            yield Entry(
                contest=contest, form_token=f"{number}", name="Fan", email=email, identity=email, rules=rules,
                region=region, salt=salt, code=new_code(), ticket=ticket_of(contest.draw_id, salt, email),
                sent_at=at, confirmed_at=at,
            )  # fmt: skip

    Entry.objects.bulk_create(entries(), batch_size=1_000)


def measured(name: str, work: Callable[[], None]) -> tuple[float, float]:
    """Call `work` in a child process. Returns its seconds and its peak memory in MB."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    assert status == 0, name
    seconds, memory = time.monotonic() - began, used.ru_maxrss / 1024
    print(f"{name:8} {seconds:6.2f} s   {memory:6.0f} MB at most")
    return seconds, memory


def empty_site() -> tuple[Contest, User, datetime]:
    """Create a migrated database with a closed contest and a user who may draw it."""
    call_command("migrate", verbosity=0)
    now = timezone.now().replace(microsecond=0)
    times = {"opens_at": now - timedelta(days=20), "closes_at": now - timedelta(days=5)}
    return make_contest(sources=[("drand", now)], prizes=3, **times), make_staff(), now


def main() -> None:
    contest, user, now = empty_site()

    def entries() -> None:
        fill(contest)

    def freeze() -> None:
        freezing.freeze(contest, now - timedelta(days=2))

    def draw() -> None:
        for _ in range(2):
            drawing.record_reading(contest, ["ab" * 32], user, now, second_reader=False)

    found = []
    for work in (entries, freeze, draw):
        connection.close()
        found.append(measured(work.__name__, work))
    seconds, memory = sum(each for each, _ in found[1:]), max(each for _, each in found[1:])
    print(f"together {seconds:6.2f} s of {SECONDS}, {memory:.0f} MB of {MEGABYTES}")
    assert contest.awards.count() == 3
    sys.exit(seconds > SECONDS or memory > MEGABYTES)


if __name__ == "__main__":
    main()
