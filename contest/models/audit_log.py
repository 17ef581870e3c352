"""The audit log of a contest: its public, append-only record, chained by hashes."""

import hashlib
import json
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from contest.models.contests import Contest

GENESIS_HASH = "0" * 64


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def append(
        self, contest: Contest, kind: str, actor: str = "", at: datetime | None = None, **payload: object
    ) -> "AuditEvent":
        """
        Add an event to the audit log of `contest`. Returns the event.

        `at` is when it happened (default: now); `actor` is the name of the member of staff who did it, "" for
        the software. `payload` is published with the event and can never be removed, so of an entrant it may
        hold the ticket only.
        """
        with transaction.atomic():
            Contest.objects.select_for_update().get(pk=contest.pk)  # one writer at a time
            last = self.filter(contest=contest).order_by("sequence").last()
            event = AuditEvent(
                contest=contest,
                sequence=last.sequence + 1 if last else 1,
                kind=kind,
                occurred_at=(at or timezone.now()).replace(microsecond=0),
                actor=actor,
                payload_json=json.dumps(payload, sort_keys=True, ensure_ascii=False),
                previous_hash=last.chain_hash if last else GENESIS_HASH,
            )
            event.chain_hash = event.expected_hash()
            event.save(force_insert=True)
            return event

    def of_published_contests(self) -> Self:
        """Events of published contests, each with its contest."""
        return self.filter(contest__in=Contest.objects.published()).select_related("contest")

    def newest_first(self) -> Self:
        return self.order_by("-occurred_at", "-pk")

    def in_order(self) -> Self:
        """In the order in which they were appended, within one contest."""
        return self.order_by("sequence")


class AuditEvent(models.Model):
    """
    Something that staff, a winner or the worker did. Triggers refuse to change or delete it.

    `chain_hash` is the SHA-256 of the previous event's hash and this event's line. So anybody who has kept
    the hash of an event can check that no event up to it was changed.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", "Rules published"
        OPENED = "opened", "Opened: fields and rules are frozen"
        AMENDED = "amended", "Notice to the rules"
        COUNTED = "counted", "Entries of a day counted"
        CARD = "card", "Card entered by staff"
        CLEARED = "cleared", "Entries looked at and found fine"
        DISQUALIFIED = "disqualified", "Ticket disqualified"
        REINSTATED = "reinstated", "Disqualification taken back"
        MOVED = "moved", "Numbers of a later day"
        FROZEN = "frozen", "List frozen"
        READ = "read", "Numbers typed in"
        DRAWN = "drawn", "Drawn"
        OFFERED = "offered", "Prize offered"
        CLAIMED = "claimed", "Prize claimed"
        SENT = "sent", "Prize sent"
        ARRIVED = "arrived", "Prize arrived"
        EXPORTED = "exported", "Addresses exported"
        ERASED = "erased", "Entry erased at the entrant's request"
        DELETED = "deleted", "Entries deleted as announced"

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="audit_log")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    occurred_at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True)
    payload_json = models.TextField(help_text="JSON, as published.")
    previous_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64, unique=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "sequence"], name="audit_event_sequence_once")
        ]

    def __str__(self) -> str:
        return f"{self.contest.draw_id} {self.sequence}: {self.get_kind_display()}"

    @property
    def line(self) -> str:
        """The event as record.txt has it, without its hash."""
        time = f"{self.occurred_at:%Y-%m-%dT%H:%M:%SZ}"
        return f"{self.sequence} {time} {self.kind} [{self.actor}] {self.payload_json}"

    @property
    def payload(self) -> dict[str, Any]:
        return json.loads(self.payload_json)

    def expected_hash(self) -> str:
        """The chain hash that belongs to this line and to the previous hash."""
        return hashlib.sha256(f"{self.previous_hash}\n{self.line}\n".encode()).hexdigest()
