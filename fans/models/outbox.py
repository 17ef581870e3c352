"""The outbox: mail to send. A row is written in the same transaction as what the mail reports."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from fans.email_addresses import CanonicalEmailField

# How long to wait after each failed attempt. After the last one, the mail is given up with a log message.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60, 24 * 60, 24 * 60)]
LEASE = timedelta(minutes=5)


class MailQuerySet(models.QuerySet["Mail"]):
    def unsent(self) -> Self:
        return self.filter(sent_at__isnull=True, dead_at__isnull=True)

    def due(self, now: datetime) -> Self:
        """Mail to send now, oldest first: not held by a worker, and not waiting after a failed attempt."""
        unleased = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
        return self.unsent().filter(unleased, not_before__lte=now).order_by("not_before", "pk")

    def dead(self) -> Self:
        return self.filter(dead_at__isnull=False)

    def enqueue(self, kind: str, to: str, *, key: str, context: dict[str, Any], **fields: Any) -> None:
        """Add a mail to the outbox, unless there is one with this `key`. See `Mail`."""
        self.enqueue_all([Mail(kind=kind, to=to, key=key, context=context, **fields)])

    def enqueue_for_rows(self, rows: models.QuerySet[Any], kind: str, context: dict[str, Any]) -> None:
        """
        Add one mail to the outbox for each row of a query, in one INSERT … SELECT.

        `rows` is annotated with `mail_key`, `mail_to` and `mail_context` (JSON that adds to `context`).
        """
        selected, params = (
            rows.order_by().values("mail_key", "mail_to", "mail_context").query.sql_with_params()
        )
        statement = ENQUEUE_FOR_ROWS.format(rows=selected, merged=MERGED_CONTEXT[connection.vendor])
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(statement, [kind, json.dumps(context), now, now, *params])

    def enqueue_all(self, mails: "Iterable[Mail]") -> None:
        """Add many mails to the outbox, a thousand per statement; those whose key exists are skipped."""
        Mail.objects.bulk_create(mails, batch_size=1_000, ignore_conflicts=True)


ENQUEUE_FOR_ROWS = """
INSERT INTO fans_mail
    (key, "to", kind, context, created_at, not_before, reply_to, attempts, leased_by, last_error,
     has_stopped_queue, mailbox)
SELECT row.mail_key, row.mail_to, %s, {merged}, %s, %s, '', 0, '', '', FALSE, '' FROM ({rows}) AS row
WHERE row.mail_to <> '' ON CONFLICT DO NOTHING
"""
MERGED_CONTEXT = {
    "sqlite": "json_patch(%s, row.mail_context)",
    "postgresql": "CAST(%s AS jsonb) || row.mail_context",
}


class Mail(models.Model):
    """
    One mail to one address: a template `<kind>.txt` and its context, rendered when the mail is sent.

    `key` is unique, so a mail that is enqueued twice is sent once. The Message-ID is derived from it, so that
    most mailboxes show a mail once even in the rare case that it was sent twice.
    """

    affects_pages = False

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    to = CanonicalEmailField()
    reply_to = models.EmailField(blank=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    mailbox = models.CharField(
        max_length=64, blank=True, help_text="Pseudonym of the mailbox, for `fans.unconfirmed_mail`."
    )
    has_stopped_queue = models.BooleanField(default=False, help_text="Whether the queue was paused at it.")
    last_error = models.CharField(max_length=500, blank=True)
    dead_at = models.DateTimeField(null=True, verbose_name="given up")

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dead_at__isnull=True), name="mail_sent_or_dead"
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
                name="mail_to_send",
            ),
            models.Index(fields=["to"], name="mail_by_address"),
            models.Index(fields=["mailbox", "not_before"], condition=~Q(mailbox=""), name="mail_by_mailbox"),
            models.Index(fields=["sent_at"], condition=Q(sent_at__isnull=False), name="mail_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    @property
    def message_id(self) -> str:
        return f"<{hashlib.sha256(self.key.encode()).hexdigest()[:32]}@{settings.SITE_HOST}>"
