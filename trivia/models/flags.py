"""Reports of players that something is wrong with a question."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from trivia.models.players import Player
from trivia.models.questions import Question
from trivia.models.rulings import Ruling


class FlagQuerySet(models.QuerySet["Flag"]):
    def waiting(self) -> Self:
        """Flags that no ruling has answered, the oldest first."""
        return self.filter(ruling__isnull=True).order_by("made_at")


class Flag(models.Model):
    """A player's report that a question is wrong. The next ruling on the question answers it."""

    class Reason(models.TextChoices):
        WRONG = "wrong", "The answer you call right is wrong"
        ALSO = "also", "Another answer is right too"
        UNCLEAR = "unclear", "The question is unclear"
        TYPO = "typo", "A slip of the pen"
        OTHER = "other", "Something else"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="flags")
    player = models.ForeignKey(Player, null=True, on_delete=models.SET_NULL, related_name="flags")
    reason = models.CharField(max_length=7, choices=Reason)
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    ruling = models.ForeignKey(Ruling, null=True, on_delete=models.SET_NULL, related_name="flags")

    objects = FlagQuerySet.as_manager()

    affects_pages = False

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "player"],
                condition=Q(ruling__isnull=True),
                name="flag_once_till_ruled",
                violation_error_message="You have told us already. We will look at it.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.question}"
