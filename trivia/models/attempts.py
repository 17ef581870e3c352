"""Playing a quiz: an attempt, and an answer to each of its questions."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from films.models import Film
from trivia.models.players import Player
from trivia.models.questions import Question
from trivia.models.quizzes import Quiz

SECRET_LENGTH = 32  # of 62 signs: more than 128 bits
LONGEST_SUBMISSION = 300
GRACE = timedelta(seconds=1.5)  # what a clock allows beyond its time, for the way here


def new_secret() -> str:
    return get_random_string(SECRET_LENGTH)


class AttemptQuerySet(models.QuerySet):
    def of(self, player: Player) -> Self:
        return self.filter(player=player)

    def open(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def ranked(self) -> Self:
        """Those that leaderboards count: finished, and the player's first at a quiz that was out."""
        return self.filter(is_ranked=True, finished_at__isnull=False)

    def with_subject(self) -> Self:
        """Each with what it asks about, and its player; still one query."""
        return self.select_related("quiz", "film", "player")


class Attempt(models.Model):
    """
    One go at a quiz, or at three questions on a film. It waits, for days if need be, until it is finished.

    `secret` shuffles the choices and names them on the page; `clock` is seconds a question, 0 for none.
    """

    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.CASCADE, related_name="attempts")
    film = models.ForeignKey(Film, null=True, on_delete=models.CASCADE, related_name="attempts")
    secret = models.CharField(max_length=SECRET_LENGTH, default=new_secret)
    clock = models.PositiveSmallIntegerField(default=0)
    is_ranked = models.BooleanField(default=False)
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    right_count = models.PositiveSmallIntegerField(default=0)
    question_count = models.PositiveSmallIntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    affects_pages = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiz__isnull=True, film__isnull=False) | Q(quiz__isnull=False, film__isnull=True),
                name="attempt_at_a_quiz_or_a_film",
            ),
            models.CheckConstraint(
                condition=Q(right_count__lte=F("question_count")), name="attempt_right_of_asked"
            ),
            models.UniqueConstraint(
                fields=["player", "quiz"],
                condition=Q(finished_at__isnull=True),
                name="attempt_one_open_a_quiz",
            ),
            models.UniqueConstraint(
                fields=["player", "film"],
                condition=Q(finished_at__isnull=True),
                name="attempt_one_open_a_film",
            ),
            models.UniqueConstraint(
                fields=["player", "quiz"], condition=Q(is_ranked=True), name="attempt_one_ranked_a_quiz"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.right_count} of {self.question_count}"

    def get_absolute_url(self) -> str:
        return reverse("trivia:attempt", args=[self.pk])

    @property
    def subject(self) -> Quiz:
        return self.quiz or self.film

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class AnswerQuerySet(models.QuerySet):
    def unanswered(self) -> Self:
        """Those not given yet, the next one first."""
        return self.filter(answered_at__isnull=True).order_by("position")

    def with_questions(self) -> Self:
        """In order, each with its question, how that is answered, and a ruling; one query."""
        return self.order_by("position").select_related("question__record", "question__film", "ruling")

    def scores(self) -> tuple[int, int]:
        """(right ones, those that count) of these answers; one query."""
        counts = self.aggregate(
            right_count=models.Count("pk", filter=Q(mark=Answer.Mark.RIGHT)),
            question_count=models.Count("pk", filter=~Q(mark=Answer.Mark.VOID)),
        )
        return counts["right_count"], counts["question_count"]


class Answer(models.Model):
    """
    One question of an attempt, from its being asked to its mark.

    `submission` is what was answered: the numbers of options with commas between (in their order, where
    the order is the answer), or the typed words; "" is a question passed over. `nonce` is made when
    the question is first shown, and is good for one answer.
    """

    class Mark(models.TextChoices):
        NONE = "", "Not answered"
        RIGHT = "right", "Right"
        WRONG = "wrong", "Wrong"
        VOID = "void", "Does not count"

    # Both are the first column of an index below: one of their own would be a second.
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers", db_index=False)
    position = models.PositiveSmallIntegerField()
    nonce = models.CharField(max_length=SECRET_LENGTH, blank=True)
    served_at = models.DateTimeField(null=True)
    seconds_allowed = models.PositiveSmallIntegerField(default=0, help_text="Seconds; 0 is no clock.")
    submission = models.CharField(max_length=LONGEST_SUBMISSION, blank=True)
    answered_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    mark = models.CharField(max_length=5, choices=Mark, blank=True, default=Mark.NONE)
    mark_before_ruling = models.CharField(
        "mark before the ruling", max_length=5, choices=Mark, blank=True, default=Mark.NONE
    )
    ruling = models.ForeignKey("Ruling", null=True, on_delete=models.SET_NULL, related_name="changed_answers")
    is_first = models.BooleanField(default=False, help_text="The player's first answer to this question.")
    is_counted = models.BooleanField(default=False, help_text="The question's record knows of it.")

    objects = AnswerQuerySet.as_manager()

    affects_pages = False

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["question", "is_first", "mark", "submission"], name="answer_by_question"),
            models.Index(
                fields=["is_counted"],
                condition=Q(is_counted=False, answered_at__isnull=False),
                name="answer_to_count",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="answer_one_at_a_position"),
            models.UniqueConstraint(fields=["attempt", "question"], name="answer_one_a_question"),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(served_at__isnull=False, answered_at__isnull=True),
                name="answer_one_open_question",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, mark="") | (Q(answered_at__isnull=False) & ~Q(mark="")),
                name="answer_is_marked_when_given",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(served_at__isnull=True)
                | Q(answered_at__gte=F("served_at")),
                name="answer_after_its_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.mark or 'open'}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def deadline(self) -> datetime | None:
        """When its clock runs out; None without a clock."""
        return (
            self.served_at + timedelta(seconds=self.seconds_allowed)
            if self.seconds_allowed and self.served_at
            else None
        )

    @property
    def points_change(self) -> int:
        """What the ruling has changed for this player: 1, 0 or -1 points."""
        return (
            (self.mark == self.Mark.RIGHT) - (self.mark_before_ruling == self.Mark.RIGHT)
            if self.ruling_id
            else 0
        )

    def serve(self, clock: int) -> None:
        """Show the question: its time begins now, and it gets its nonce. Shown again, nothing changes."""
        if self.served_at is not None:
            return
        shown = {"served_at": timezone.now(), "nonce": new_secret(), "seconds_allowed": clock}
        if Answer.objects.filter(pk=self.pk, served_at__isnull=True).update(**shown):
            self.served_at, self.nonce, self.seconds_allowed = shown.values()
        else:  # another tab was first
            self.refresh_from_db(fields=list(shown))

    def store(self, nonce: str, submission: str, mark: "Answer.Mark", now: datetime) -> bool:
        """
        Store an answer and its mark; False if the nonce is not this question's, or was used.

        One statement decides, so that of two answers at once the database takes one. What comes
        after the clock has run out is stored, and is wrong.
        """
        now = max(now, self.served_at)  # a server's clock that is set back must not lose an answer
        is_late = self.deadline is not None and now > self.deadline + GRACE
        mark = self.Mark.WRONG if is_late else mark
        unanswered = Answer.objects.filter(pk=self.pk, nonce=nonce, answered_at__isnull=True)
        return bool(unanswered.update(submission=submission, mark=mark, answered_at=now, is_late=is_late))
