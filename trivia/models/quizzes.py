"""Quizzes: articles that ask questions of the bank, selected by hand or by a rule."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from films.models import Genre, Person
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker
from trivia.models.questions import Question, QuestionQuerySet

FEWEST, MOST = 3, 50  # questions per quiz


class Quiz(Article):
    """
    An article with a list of questions, selected once by an editor or by a rule.

    All players get the same questions in the same order, so that points on a leaderboard are comparable.
    """

    class Selection(models.TextChoices):
        HAND = "hand", "By hand, below"
        RULE = "rule", "By the rule"

    selection = models.CharField(
        "questions are chosen", max_length=4, choices=Selection, default=Selection.HAND
    )
    easy = models.PositiveSmallIntegerField("easy ones", default=0)
    medium = models.PositiveSmallIntegerField("medium ones", default=0)
    hard = models.PositiveSmallIntegerField("hard ones", default=0)
    from_year = models.PositiveSmallIntegerField("on films from", null=True, blank=True)
    to_year = models.PositiveSmallIntegerField("to", null=True, blank=True, help_text="Years, as in 1940.")
    genre = models.ForeignKey(Genre, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    filmmaker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="on films of"
    )
    tag_name = models.CharField(
        "with the tag", max_length=100, blank=True, help_text="The name of a tag of questions."
    )

    objects: ClassVar = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            models.CheckConstraint(
                condition=Q(selection="hand") | Q(easy__gt=0) | Q(medium__gt=0) | Q(hard__gt=0),
                name="quiz_rule_asks_for_something",
                violation_error_message="Say how many easy, medium and hard questions the rule is to choose.",
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True)
                | Q(to_year__isnull=True)
                | Q(to_year__gte=F("from_year")),
                name="quiz_years_in_order",
                violation_error_message="The first year comes after the last.",
            ),
            models.CheckConstraint(
                condition=Q(easy__lte=MOST) & Q(medium__lte=MOST) & Q(hard__lte=MOST),
                name="quiz_not_endless",
                violation_error_message=f"A quiz has {MOST} questions at most.",
            ),
        ]

    @property
    def questions(self) -> QuestionQuerySet:  # type: ignore[override]  # hides the reverse of Question.piece
        """The live questions of the quiz, in order."""
        return (
            Question.objects.live()
            .filter(quiz_questions__quiz=self)
            .order_by("quiz_questions__order", "quiz_questions__pk")
        )

    @property
    def is_played(self) -> bool:
        """Whether somebody has begun the quiz. From then on its questions must not change."""
        return self.attempts.exists()

    def missing_rows(self) -> list[PublishBlocker]:
        missing = super().missing_rows()
        if self.questions.count() < FEWEST:
            missing.append(PublishBlocker("quiz_questions", f"A quiz asks {FEWEST} live questions at least."))
        return missing

    def structured_data(self) -> dict[str, Any]:
        quiz = {"@type": "Quiz", "name": self.title, "about": "Films"}
        return super().structured_data() | {"mainEntity": quiz}


class QuizQuestion(models.Model):
    """One question of a quiz, with its order."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="quiz_questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="quiz_questions")
    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest first.")

    class Meta:
        verbose_name = "place"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "question"],
                name="quiz_question_once_in_a_quiz",
                violation_error_message="The quiz asks this question already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.question)
