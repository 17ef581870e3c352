"""The draw: the frozen list, the readings, the outcome, and the disqualifications."""

import re
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contest import verify
from contest.models.contests import Contest
from contest.models.entries import Entry


class Freeze(models.Model):
    """The frozen list and the manifest that commits to it, byte for byte as published. Never changed."""

    contest = models.OneToOneField(Contest, on_delete=models.PROTECT, related_name="freeze")
    frozen_at = models.DateTimeField()
    numbers_at = models.DateTimeField(help_text="When the first of its public numbers is drawn.")
    manifest_text = models.TextField()
    entries_text = models.TextField()

    class Meta:
        verbose_name = "frozen list"

    def __str__(self) -> str:
        return f"{self.contest.draw_id}, frozen {self.frozen_at:%Y-%m-%d %H:%M}"

    @property
    def sha256(self) -> str:
        """The hash of the manifest (the fingerprint), which is mailed to every entrant."""
        return verify.sha(self.manifest_text)

    @property
    def ticket_count(self) -> int:
        """The number of tickets on the list."""
        return int(re.findall(r"(?m)^entries: (\d+)$", self.manifest_text)[0])

    @property
    def beacon_lines(self) -> list[tuple[str, str]]:
        """The (kind, name) of each line of the beacon, as the manifest lists them."""
        return re.findall(verify.SOURCE, self.manifest_text)


class Reading(models.Model):
    """The beacon as one member of staff typed it in. Two readings that agree make the outcome."""

    affects_pages = False

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="readings")
    lines = models.JSONField(help_text="As typed, one for each line of the manifest's beacon.")
    beacon = models.CharField(max_length=1_000, help_text="The same in canonical form.")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["typed_at", "pk"]

    def __str__(self) -> str:
        return self.beacon


class Outcome(models.Model):
    """The result of the draw. There is one for each contest; the database refuses a second."""

    freeze = models.OneToOneField(Freeze, on_delete=models.PROTECT, related_name="outcome")
    lines = models.JSONField(help_text="The numbers, one line for each beacon line of the manifest.")
    beacon = models.CharField(max_length=1_000)
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.freeze.contest.draw_id}, drawn {self.drawn_at:%Y-%m-%d %H:%M}"

    @property
    def beacon_text(self) -> str:
        """The text of beacon.txt, as published."""
        return "".join(f"{line}\n" for line in self.lines)


class DisqualificationQuerySet(models.QuerySet["Disqualification"]):
    def of_contest(self, contest: Contest) -> Self:
        """The disqualifications of a contest, the oldest first, each with its entry."""
        return self.filter(entry__contest=contest).select_related("entry").order_by("disqualified_at", "pk")


class Disqualification(models.Model):
    """
    Why a ticket is disqualified.

    A ticket disqualified before the freeze is not on the list; after the draw, those behind it move up.
    """

    affects_pages = False

    class Reason(models.TextChoices):
        DUPLICATE = "duplicate", "Another entry of the same person"
        UNDER_AGE = "under-age", "Under the age the rules ask for"
        REGION = "not-eligible-region", "From a region the rules do not name"
        HOUSEHOLD = "employee-or-household", "Works for us or the sponsor, or lives with somebody who does"
        BOT = "bot", "Sent by a program"
        WITHDRAWN = "withdrawn", "Withdrawn by the entrant"
        NO_ANSWER = "no-answer", "No answer in the time to claim"
        DECLINED = "declined", "Prize declined"

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="disqualification")
    reason = models.CharField(max_length=22, choices=Reason)
    note = models.CharField(max_length=300, blank=True, help_text="For staff; never published.")
    disqualified_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=150, blank=True)
    seconded_by = models.CharField(max_length=150, blank=True)

    objects = DisqualificationQuerySet.as_manager()

    class Meta:
        ordering = ["disqualified_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconded_by="") | ~Q(seconded_by=models.F("decided_by")),
                name="disqualification_by_two_people",
                violation_error_message="The second name must be another person's.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry.ticket[:8]}: {self.get_reason_display()}"
