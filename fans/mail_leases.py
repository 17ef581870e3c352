"""
Leases on mail: which worker may send a mail, and until when.

A worker claims a batch under a lease, renews the lease while it sends, and writes results only to mails
that it still holds. Each claim has its own ID in `Mail.leased_by`; every write names it (a fencing token).
A worker that was suspended until its lease ran out therefore sends no further mail of that claim and
overwrites nothing.
"""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from fans.models import Mail
from fans.models.outbox import LEASE
from fans.unconfirmed_mail import due_within_limit

log = logging.getLogger(__name__)
BATCH_SIZE = 20
RENEWALS_PER_LEASE = 3  # two renewals may fail before the lease runs out


class MailLease:
    """The lease of one worker on one batch of mails."""

    def __init__(self) -> None:
        self.claim_id = f"{socket.gethostname()[:30]} {os.getpid()} {get_random_string(12)}"

    def claim_batch(self, size: int = BATCH_SIZE) -> list[Mail]:
        """Hold the mails that are due next; returns at most `size` of them, oldest first."""
        now = timezone.now()
        with transaction.atomic():
            due = due_within_limit(now, size)
            mails = list(due.select_for_update(skip_locked=True)[:size])
            Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
                lease_until=now + LEASE, leased_by=self.claim_id
            )
        return mails

    def renew(self, mail: Mail) -> bool:
        """Hold `mail` for a whole lease from now. Returns False if another worker has claimed or sent it."""
        return self._update_held([mail], lease_until=timezone.now() + LEASE) == 1

    def record(self, mail: Mail, **result: Any) -> None:
        """Write `result` to `mail` and release it. If it is no longer held, only log a warning."""
        if not self._update_held([mail], lease_until=None, **result):
            log.warning("The lease on mail %s was lost; its result was not recorded.", mail.pk)

    def release(self, mails: list[Mail], **fields: Any) -> int:
        """Release mails that were not sent, and set `fields` of them; returns how many were still held."""
        return self._update_held(mails, lease_until=None, **fields)

    @contextmanager
    def renewed_in_background(self) -> Iterator[None]:
        """Renew the lease from a thread as long as the block runs, however slowly the mail server answers."""
        stopped = threading.Event()
        thread = threading.Thread(target=self._renew_until, args=[stopped], daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()

    def _renew_until(self, stopped: threading.Event) -> None:
        try:
            while not stopped.wait(LEASE.total_seconds() / RENEWALS_PER_LEASE):
                self._renew_all()
        finally:
            connection.close()  # that of this thread

    def _renew_all(self) -> None:
        """Renew every mail that this claim still holds. A failure is logged; the next renewal may succeed."""
        try:
            held = Mail.objects.unsent().filter(leased_by=self.claim_id, lease_until__isnull=False)
            held.update(lease_until=timezone.now() + LEASE)
        except DatabaseError as error:
            log.warning("The lease on mail could not be renewed: %s", error)

    def _update_held(self, mails: list[Mail], **fields: Any) -> int:
        """Update those of `mails` that this claim holds and nobody has sent; returns how many."""
        held = Mail.objects.unsent().filter(pk__in=[mail.pk for mail in mails], leased_by=self.claim_id)
        return held.update(**fields)
