"""The race: several processes confirm one e-mail address at the same moment."""

from collections import Counter
from multiprocessing.synchronize import Barrier
from typing import Any

from bench.contest_load.processes import fork, start, wait_for
from bench.contest_load.readers import confirm, send
from bench.contest_load.site import region_pk
from contest.models import Entry

PROCESSES = 4


def race(rounds: int) -> dict[str, Any]:
    """Let four processes confirm one address at once. Returns how many entries each address got."""
    region = region_pk()
    for number in range(rounds):
        entries = [send(f"one{number}@example.com", region) for _ in range(PROCESSES)]
        barrier = fork.Barrier(PROCESSES)
        wait_for([start(confirm_together, barrier, entry) for entry in entries])
    counted = Counter(Entry.objects.confirmed().values_list("email", flat=True))
    return {"addresses": rounds, "entries": sorted(Counter(counted.values()).items())}


def confirm_together(barrier: Barrier, entry: Entry) -> None:
    barrier.wait()
    confirm(entry)
