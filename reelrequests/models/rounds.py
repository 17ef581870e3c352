"""The monthly round: readers vote on a short list of requests."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from reelrequests.models.requests import ReelRequest


class RoundQuerySet(models.QuerySet["Round"]):
    def begun(self, now: datetime) -> Self:
        """Rounds whose voting has begun, the newest first. Readers see only these."""
        return self.filter(opens_at__lte=now).order_by("-closes_at", "-pk")


class Round(models.Model):
    """A ballot among some requests; the show covers the winner next."""

    title = models.CharField(max_length=120, help_text="As in The December vote.")
    note = models.CharField(max_length=300, blank=True)
    opens_at = models.DateTimeField("opens")
    closes_at = models.DateTimeField("closes", help_text="The result is on the page from then on.")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens",
                violation_error_message="It closes before it opens.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reelrequests:round", args=[self.pk])

    def is_open_at(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at

    def result(self) -> models.QuerySet["Candidate"]:
        """
        Its candidates with their requests, the one with the most votes first; one query.

        Unconfirmed votes decide only between equals.
        """
        return self.candidates.select_related("request").order_by(
            "-vote_count", "-unconfirmed_count", "order", "pk"
        )


class Candidate(models.Model):
    """A request on the short list of a round, and how many people have voted for it."""

    affects_pages = False  # every vote writes to this table

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="candidates")
    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="candidacies")
    order = models.PositiveSmallIntegerField(default=0)
    vote_count = models.PositiveIntegerField("votes", default=0, editable=False)
    unconfirmed_count = models.PositiveIntegerField("unconfirmed", default=0, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "request"], name="candidate_once_a_round",
                violation_error_message="It is on the list already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.request.title
