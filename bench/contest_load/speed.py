"""How many entries a second the site takes, beside how often the disk can sync."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from bench.contest_load.disk import syncs_a_second
from bench.contest_load.entrants import keep_entering_alone
from bench.contest_load.processes import Log, start, wait_for
from bench.contest_load.readers import confirm, send
from bench.contest_load.site import region_pk
from contest.models import Entry

PROCESSES = min(os.cpu_count() or 1, 4)  # as many as `manage.py run` starts
CONFIRMATIONS = 1_600  # entries, where only the confirmation is measured


def speed(seconds: int, folder: Path) -> dict[str, float]:
    """Measure per second: entries from form to receipt, confirmations alone, and syncs of the disk."""
    return {
        "entered a second": entered_a_second(seconds, Log(folder / "whole")),
        "confirmed a second": confirmed_a_second(Log(folder / "pressed")),
        "syncs a second": syncs_a_second(folder / "syncs"),
    }


def entered_a_second(seconds: int, log: Log) -> float:
    """How many entries a second all processes together take from the form to the button."""
    until = time.monotonic() + seconds
    wait_for([start(keep_entering_alone, number, log, until) for number in range(PROCESSES)])
    return round(len(log.lines()) / seconds, 1)


def confirmed_a_second(log: Log) -> float:
    """How many entries a second all processes together confirm, by the button alone."""
    region = region_pk()
    for number in range(CONFIRMATIONS):
        send(f"waiting{number}@example.com", region)
    waiting = list(Entry.objects.unconfirmed().order_by("-pk")[:CONFIRMATIONS])
    began = time.monotonic()
    wait_for([start(confirm_all, waiting[number::PROCESSES], log) for number in range(PROCESSES)])
    return round(len(log.lines()) / (time.monotonic() - began), 1)


def confirm_all(entries: Iterable[Entry], log: Log) -> None:
    for entry in entries:
        log.add(entry.email, confirm(entry))
