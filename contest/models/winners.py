"""The model of an award."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from contest.models.contests import Contest
from contest.models.entries import Entry


class AwardQuerySet(models.QuerySet["Award"]):
    def not_disqualified(self) -> Self:
        """Awards whose tickets are not disqualified."""
        return self.filter(entry__disqualification__isnull=True)

    def unclaimed(self) -> Self:
        """Awards that are not claimed, whether their time to claim is over or not."""
        return self.not_disqualified().filter(claimed_at__isnull=True)

    def overdue(self, now: datetime) -> Self:
        """Unclaimed awards whose time to claim is over."""
        return self.unclaimed().filter(claim_by__lte=now)

    def in_order(self) -> Self:
        """By contest and rank, each with its entry and contest."""
        return self.order_by("contest", "entry__rank").select_related("entry", "contest")


class Award(models.Model):
    """
    The offer of a prize to an entry, and what became of it.

    Until a prize is sent, the entry's place says which prize it is, see `placements`; then `sent_prize` does.
    Postal addresses of winners are kept only here, and are deleted on the contest's `winners_deleted_on`.
    """

    affects_pages = False
    withdrawal_fields = ["listed_as"]

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="awards")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="award")
    offered_at = models.DateTimeField()
    claim_by = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    skill_sum = models.CharField(max_length=60, blank=True)
    skill_failures = models.PositiveSmallIntegerField(default=0)

    claimed_at = models.DateTimeField(null=True, blank=True)
    full_name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    state = models.CharField("state or province", max_length=60, blank=True)
    country = models.CharField(max_length=60, blank=True)
    listed_as = models.CharField(
        max_length=150,
        blank=True,
        help_text="As the winners' list has it; empty without consent.",
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_prize = models.ForeignKey(
        "contest.Prize", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tracking = models.CharField(max_length=120, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(claim_by__gt=F("offered_at")), name="award_has_time_to_claim"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(claimed_at__isnull=False, sent_prize__isnull=False),
                name="award_sent_after_it_was_claimed",
                violation_error_message="A prize is sent when its winner has claimed it.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(sent_at__isnull=False),
                name="award_arrived_after_it_was_sent",
                violation_error_message="It cannot arrive before it is sent.",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(full_name="", street="", town="", postcode=""),
                name="award_erased_has_no_personal_data",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest.draw_id}, {self.entry.ticket[:8]}"
