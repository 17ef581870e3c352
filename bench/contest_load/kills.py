"""Rounds in which processes enter and send mail, until all of them are killed with SIGKILL."""

import random
import time
from pathlib import Path
from typing import Any

from bench.contest_load.entrants import keep_entering
from bench.contest_load.losses import count_losses
from bench.contest_load.mail_worker import keep_sending, send_the_rest
from bench.contest_load.processes import Log, start
from bench.contest_load.sabotage import drop_constraint
from fans.models import Mail

PROCESSES = 4
ROUND_SECONDS = 0.6  # the longest time until the processes of a round are killed


def kill_rounds(rounds: int, folder: Path, control: str = "") -> dict[str, Any]:
    """Run rounds of entering, each killed at a random time. Returns what was lost or doubled."""
    acknowledged, sent = Log(folder / "acknowledged"), Log(folder / "sent")
    drop_constraint(control)
    for _ in range(rounds):
        killed_round(acknowledged, sent, control)
        Mail.objects.update(lease_until=None)  # as if the leases had run out
    send_the_rest(sent)
    return {"rounds": rounds} | count_losses(acknowledged, sent)


def killed_round(acknowledged: Log, sent: Log, control: str) -> None:
    """Let four processes enter and one send mail, and kill all at once."""
    until = time.monotonic() + ROUND_SECONDS
    processes = [start(keep_entering, number, acknowledged, control, until) for number in range(PROCESSES)]
    processes.append(start(keep_sending, sent, until))
    time.sleep(random.uniform(0.15, ROUND_SECONDS))  # noqa: S311
    for process in processes:
        process.kill()
        process.join()
