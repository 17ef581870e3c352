"""Guesses at the film that a reader is looking for."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.email_addresses import CanonicalEmailField
from films.models import Film
from reelrequests.models.requests import ReelRequest


class GuessQuerySet(models.QuerySet["Guess"]):
    def shown(self) -> Self:
        """Guesses that readers may see, the accepted one first."""
        return self.filter(moderation=ReelRequest.Moderation.SHOWN).order_by(
            "-is_accepted", "guessed_at", "pk"
        )


class Guess(models.Model):
    """A reader's answer to a request to identify a film. Staff decide which are shown, and accept one."""

    withdrawal_fields = ["moderation", "signed"]

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="guesses")
    title = models.CharField("the film", max_length=160)
    why = models.CharField("how you know", max_length=400, blank=True)
    film = models.ForeignKey(Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signed = models.CharField("guessed by", max_length=80, blank=True)
    email = CanonicalEmailField(blank=True)
    moderation = models.CharField(
        "moderation", max_length=8, choices=ReelRequest.Moderation, default=ReelRequest.Moderation.WAITING
    )
    held_for = models.CharField(max_length=300, blank=True)
    is_accepted = models.BooleanField("accepted", default=False)
    submission_hash = models.CharField(max_length=64, unique=True, editable=False)
    guessed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GuessQuerySet.as_manager()

    class Meta:
        ordering = ["guessed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(is_accepted=True), name="guess_one_accepted",
                violation_error_message="Another guess is accepted already.",
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(moderation="shown"), name="guess_accepted_is_shown",
                violation_error_message="Show it before it is accepted.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
