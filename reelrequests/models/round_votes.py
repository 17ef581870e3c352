"""The votes in a monthly round."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.email_addresses import CanonicalEmailField
from reelrequests.models.rounds import Candidate, Round


class RoundVote(models.Model):
    """One person's vote in a round: of a confirmed address, or of a browser until there is one."""

    affects_pages = False

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="votes")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="votes")
    email = CanonicalEmailField(blank=True)
    browser = models.CharField(max_length=32, blank=True)
    voted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "email"], condition=~Q(email=""), name="round_vote_one_per_email"
            ),
            models.UniqueConstraint(
                fields=["round", "browser"], condition=~Q(browser=""), name="round_vote_one_per_browser"
            ),
            models.CheckConstraint(
                condition=~Q(email="", browser=""), name="round_vote_has_email_or_browser"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email or 'A browser'}: {self.candidate}"
