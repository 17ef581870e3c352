"""The worker that sends the mail of the outbox, into a log instead of to a server."""

import time
from collections.abc import Sequence
from types import SimpleNamespace

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from bench.contest_load.processes import Log, start
from fans import outbox
from fans.models import Mail


class LogBackend(BaseEmailBackend):
    """Adds address and Message-ID of each mail to a log."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self.log = log

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.log.add(message.to[0], str(message.extra_headers["Message-ID"]))
        return len(email_messages)


def keep_sending(log: Log, until: float) -> None:
    """Send what lies in the outbox, to a log."""
    outbox.mailers = SimpleNamespace(default=LogBackend(log))  # type: ignore[assignment]
    while time.monotonic() < until:
        if not outbox.deliver_batch():
            time.sleep(0.01)


def send_the_rest(log: Log) -> None:
    """Run a worker until no mail is left but what waits for its time."""
    worker = start(keep_sending, log, time.monotonic() + 86_400)
    while Mail.objects.unsent().filter(not_before__lte=timezone.now()).exists():
        time.sleep(0.1)
    worker.kill()
    worker.join()
