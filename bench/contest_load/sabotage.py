"""The controls: a site that is broken on purpose, so that a run must find what it looks for."""

import time
from datetime import datetime
from typing import Any
from unittest import mock

from django.db import connection

from contest import entering
from contest.models import Entry
from contest.models.entries import EntryQuerySet
from fans.models import Mail
from fans.models.outbox import MailQuerySet


def drop_constraint(control: str) -> None:
    """For "double", take from the database what makes a second entry of one person impossible."""
    if control == "double":
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS entry_one_per_person")


def sabotage(control: str) -> None:
    """Break on purpose what the run is there to prove. For "eager", see `entrants.enter_one`."""
    if control == "double":
        mock.patch.object(EntryQuerySet, "of_person", lambda entries, identity: entries.none()).start()
    if control == "mail":
        write_mail_after_the_transaction()


def write_mail_after_the_transaction() -> None:
    held_back: list[Mail] = []
    press = entering.press_button

    def enqueue_late(mails: Any, kind: str, to: str, **more: Any) -> None:
        held_back.append(Mail(kind=kind, to=to, **more))

    def press_then_mail(entry: Entry, token: str, now: datetime) -> tuple[Entry | None, bool]:
        pressed = press(entry, token, now)
        time.sleep(0.02)
        Mail.objects.bulk_create(held_back, ignore_conflicts=True)
        held_back.clear()
        return pressed

    mock.patch.object(MailQuerySet, "enqueue", enqueue_late).start()
    mock.patch.object(entering, "press_button", press_then_mail).start()
