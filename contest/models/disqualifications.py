"""Tickets that are out of a draw, and why."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from contest.models.contests import Contest
from contest.models.entries import Entry


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
