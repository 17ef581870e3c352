"""How questions are answered, as the statistics of each."""

from django.db import models
from django.db.models import Q

from trivia.models.questions import Question


class QuestionRecord(models.Model):
    """
    Statistics of a question from first answers; see trivia/statistics.py.

    `submission_counts` maps submissions to numbers of answers. `measured_difficulty` is 1 to 3, None below
    sixty answers. `suspicions` are reasons for a review, one sentence per line.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="record"
    )
    answer_count = models.PositiveIntegerField(default=0)
    right_count = models.PositiveIntegerField(default=0)
    passed_count = models.PositiveIntegerField(default=0)
    submission_counts = models.JSONField(default=dict)
    discrimination = models.FloatField(
        null=True, help_text="How much better those who get it right do on other questions."
    )
    measured_difficulty = models.PositiveSmallIntegerField(null=True)
    suspicions = models.TextField(blank=True)

    affects_pages = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(right_count__lte=models.F("answer_count")),
                name="question_record_right_of_answers",
            )
        ]

    def __str__(self) -> str:
        return f"{self.right_count} of {self.answer_count}"
