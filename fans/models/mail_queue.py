"""Whether the outbox as a whole goes out, or waits because the mail server takes nothing from us."""

import logging
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

log = logging.getLogger(__name__)
ONLY_ROW = 1
# How long a paused queue waits before each next try.
PAUSES = [timedelta(seconds=seconds) for seconds in (30, 60, 2 * 60, 5 * 60, 10 * 60)]
RETRY_LEASE = timedelta(minutes=5)  # a worker that was killed while trying is replaced after this time


class MailQueueQuerySet(models.QuerySet["MailQueue"]):
    def state(self) -> "MailQueue":
        """The stored state; without a row, that of a queue that is not paused."""
        return self.filter(pk=ONLY_ROW).first() or MailQueue(pk=ONLY_ROW)

    def claim_retry(self, now: datetime) -> bool:
        """Whether the caller is the one worker that may now try again with a mail of the paused queue."""
        due = self.filter(pk=ONLY_ROW, paused_at__isnull=False, retry_at__lte=now)
        return due.update(retry_at=now + RETRY_LEASE) == 1

    def pause(self, problem: str, now: datetime) -> None:
        """
        Let all mail wait, or wait longer if it does already. What is wrong is logged once, not per mail.

        `problem` is a sentence for staff.
        """
        MailQueue.objects.bulk_create([MailQueue(pk=ONLY_ROW)], ignore_conflicts=True)
        row = self.filter(pk=ONLY_ROW)
        first = {"paused_at": now, "retry_at": now + PAUSES[0], "failures": 1, "problem": problem}
        if row.filter(paused_at__isnull=True).update(**first):
            log.error("No mail leaves; the outbox waits. %s", problem)
            return
        before = row.get()
        wait = PAUSES[min(before.failures, len(PAUSES) - 1)]
        row.update(retry_at=now + wait, failures=F("failures") + 1, problem=problem)
        if before.problem != problem:
            log.error("Still no mail leaves. %s", problem)

    def lock(self) -> None:
        """Hold the row until the transaction ends, so that what is counted in it stays true."""
        MailQueue.objects.bulk_create([MailQueue(pk=ONLY_ROW)], ignore_conflicts=True)
        self.select_for_update().get(pk=ONLY_ROW)

    def begin_limit(self, now: datetime) -> bool:
        """Record that mail waits for the site's hourly limit. False if it is recorded already."""
        return self.filter(pk=ONLY_ROW, limited_at__isnull=True).update(limited_at=now) == 1

    def end_limit(self) -> None:
        """Record that no mail waits for the site's hourly limit."""
        self.filter(pk=ONLY_ROW, limited_at__isnull=False).update(limited_at=None)

    def try_again(self, now: datetime) -> None:
        """Let the next try of a paused queue be at `now`."""
        self.filter(pk=ONLY_ROW, paused_at__isnull=False).update(retry_at=now)

    def resume(self) -> None:
        """End the pause, if there is one."""
        paused = self.filter(pk=ONLY_ROW, paused_at__isnull=False)
        if paused.update(paused_at=None, retry_at=None, failures=0, problem=""):
            log.warning("Mail leaves again.")


class MailQueue(models.Model):
    """The state of the outbox as a whole, in one row that all workers share."""

    affects_pages = False

    paused_at = models.DateTimeField(null=True, help_text="Since when no mail leaves.")
    problem = models.CharField(max_length=800, blank=True, help_text="What is wrong, and what to do.")
    retry_at = models.DateTimeField(null=True, help_text="When one worker tries again.")
    failures = models.PositiveIntegerField(default=0, help_text="Tries since then, all in vain.")

    limited_at = models.DateTimeField(null=True, help_text="Since when mail waits for the hourly limit.")

    objects = MailQueueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY_ROW), name="mail_queue_one_row"),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, retry_at__isnull=True, problem="")
                | Q(paused_at__isnull=False, retry_at__isnull=False) & ~Q(problem=""),
                name="mail_queue_pause_has_problem",
            ),
        ]

    def __str__(self) -> str:
        return self.problem or "Mail leaves"
