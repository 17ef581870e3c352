"""Entrants: processes that enter one e-mail address after the other, and note what the site acknowledged."""

import os
import time

from bench.contest_load.processes import Log
from bench.contest_load.readers import confirm, send
from bench.contest_load.sabotage import sabotage
from bench.contest_load.site import region_pk


def keep_entering(number: int, log: Log, control: str, until: float) -> None:
    """Enter one address after the other; some addresses are entered by all processes at once."""
    sabotage(control)
    region, turn = region_pk(), 0
    while time.monotonic() < until:
        turn += 1
        shared = turn % 3 == 0 or control == "double"
        alone, together = f"p{number}-{os.getpid()}-{turn}", f"shared{int(time.monotonic() * 20)}"
        enter_one(f"{together if shared else alone}@example.com", region, log, control)


def keep_entering_alone(number: int, log: Log, until: float) -> None:
    """Enter one address after the other, each in this process only."""
    region, turn = region_pk(), 0
    while time.monotonic() < until:
        turn += 1
        enter_one(f"p{number}-{turn}@example.com", region, log)


def enter_one(email: str, region: int, log: Log, control: str = "") -> None:
    """Send the form, open the mailed link, press the button, and log what was acknowledged."""
    entry = send(email, region)
    if entry is not None:
        if control == "eager":
            log.add(email, "soon")
        log.add(email, confirm(entry))
