"""The record of a contest: every act, in order, each sealed with the one before it."""

import hashlib
import json

from django.db import models, transaction
from django.utils import timezone

from contest.models.contests import Contest

FIRST = "0" * 64


class ActQuerySet(models.QuerySet):
    def enter(self, contest, kind, by="", at=None, **told):
        """
        Add an act of the moment `at` (now) to the record of `contest`; `by` is the name of the staff, if any.

        `told` is published with it and can never be taken back: it holds no word about a person but tickets.
        """
        with transaction.atomic():
            Contest.objects.select_for_update().get(pk=contest.pk)  # one act after the other
            last = self.filter(contest=contest).order_by("number").last()
            act = Act(
                contest=contest,
                number=last.number + 1 if last else 1,
                kind=kind,
                at=(at or timezone.now()).replace(microsecond=0),
                by=by,
                told=json.dumps(told, sort_keys=True, ensure_ascii=False),
                before=last.seal if last else FIRST,
            )
            act.seal = act.sealed()
            act.save(force_insert=True)
            return act

    def of_published(self):
        """Acts of contests that readers may see, each with its contest."""
        return self.filter(contest__in=Contest.objects.published()).select_related("contest")

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def in_order(self):
        return self.order_by("number")


class Act(models.Model):
    """
    One thing that was done, or that the clock did. The database refuses to change or delete it.

    `seal` is the SHA-256 of its line and of the seal before it: whoever has kept any later seal
    can tell whether anything before it was changed.
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
        DELETED = "deleted", "Entries deleted as announced"

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    told = models.TextField(help_text="JSON, as published.")
    before = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, unique=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "number"]
        constraints = [models.UniqueConstraint(fields=["contest", "number"], name="act_one_at_a_number")]

    def __str__(self):
        return f"{self.contest.draw} {self.number}: {self.get_kind_display()}"

    @property
    def line(self):
        """The act as the published record has it, before its seal."""
        return f"{self.number} {self.at:%Y-%m-%dT%H:%M:%SZ} {self.kind} [{self.by}] {self.told}"

    @property
    def details(self):
        return json.loads(self.told)

    def sealed(self):
        """What the seal of this line must be, after the seal before it."""
        return hashlib.sha256(f"{self.before}\n{self.line}\n".encode()).hexdigest()
