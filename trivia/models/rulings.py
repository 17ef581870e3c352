"""Rulings of staff on disputed questions and puzzles."""

from typing import Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

from films.models import Film
from trivia.models.daily import Puzzle
from trivia.models.questions import Question


class RulingQuerySet(models.QuerySet["Ruling"]):
    def newest_first(self) -> Self:
        return self.order_by("-ruled_at", "-pk")

    def with_subjects(self) -> Self:
        return self.select_related("question", "puzzle", "film")


class Ruling(models.Model):
    """
    A public decision of staff on a question, or on a day of the Daily Reel, with its reason.

    A ruling is never changed; a later ruling may correct it. See trivia/rulings.py.
    """

    class Verdict(models.TextChoices):
        ACCEPT = "accept", "Another answer is right too"
        WRONG_KEY = "wrong_key", "Our answer was wrong"
        VOID = "void", "The question does not count"
        STANDS = "stands", "It stands"

    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="rulings"
    )
    puzzle = models.ForeignKey(
        Puzzle, null=True, blank=True, on_delete=models.PROTECT, related_name="rulings",
        verbose_name="Daily Reel",
    )  # fmt: skip
    verdict = models.CharField(max_length=9, choices=Verdict)
    right_answers = models.TextField(
        "right answers",
        blank=True,
        max_length=4_000,
        help_text="One a line, spelled as the question has them: the one that is right too, or all that are "
        "right now (in their order, where the order is asked).",
    )
    film = models.ForeignKey(
        Film, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="For a Daily Reel: the other film that is right.",
    )  # fmt: skip
    reason = models.CharField(max_length=600, help_text="Readers see this. Say what we found, and where.")
    ruled_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_count = models.PositiveIntegerField("answers marked anew", default=0, editable=False)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-ruled_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, puzzle__isnull=True)
                | Q(question__isnull=True, puzzle__isnull=False),
                name="ruling_on_one_thing",
                violation_error_message="Choose the question or the day of the Daily Reel: one of them.",
            ),
            models.CheckConstraint(
                condition=~Q(puzzle__isnull=False, verdict="wrong_key"),
                name="ruling_on_a_reel_cannot_change_its_film",
                violation_error_message="A Daily Reel that was wrong is void; or another film is right too.",
            ),
            models.CheckConstraint(
                condition=~Q(puzzle__isnull=False, verdict="accept", film__isnull=True),
                name="ruling_names_the_film",
                violation_error_message="Say which film is right too.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_verdict_display()}"

    @property
    def subject(self) -> Question | Puzzle:
        return cast("Question | Puzzle", self.question or self.puzzle)  # a constraint says that there is one

    @property
    def answer_lines(self) -> list[str]:
        """The lines of `right_answers`, stripped and without empty ones."""
        return [line.strip() for line in self.right_answers.splitlines() if line.strip()]
