"""Attempts at quizzes, and the answers to their questions."""

from datetime import datetime, timedelta
from typing import Self, cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from films.models import Film
from trivia.models.players import Player
from trivia.models.questions import Question
from trivia.models.quizzes import Quiz

SECRET_LENGTH = 32  # letters and digits: more than 128 bits
LONGEST_SUBMISSION = 300
GRACE = timedelta(seconds=1.5)  # added to every deadline, for the time that the network takes


def new_secret() -> str:
    return get_random_string(SECRET_LENGTH)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, player: Player) -> Self:
        return self.filter(player=player)

    def open(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def ranked(self) -> Self:
        """Attempts that leaderboards count: finished, and the player's first at a quiz that was published."""
        return self.filter(is_ranked=True, finished_at__isnull=False)

    def with_subject(self) -> Self:
        """With the quiz or the film, and the player, by joins; still one query."""
        return self.select_related("quiz", "film", "player")


class Attempt(models.Model):
    """
    One attempt at a quiz, or at three questions on a film. It has no time limit as a whole.

    `secret` decides the order of the choices and their names on the page (see trivia/choices.py);
    `clock` is the seconds allowed per question, 0 for no limit.
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
    def subject(self) -> Quiz | Film:
        return cast("Quiz | Film", self.quiz or self.film)  # a constraint says that there is one

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class AnswerQuerySet(models.QuerySet["Answer"]):
    def unanswered(self) -> Self:
        """Answers that the player has not given yet, by position."""
        return self.filter(answered_at__isnull=True).order_by("position")

    def with_questions(self) -> Self:
        """By position, with the question, its record, its film and the ruling by joins; one query."""
        return self.order_by("position").select_related("question__record", "question__film", "ruling")

    def scores(self) -> tuple[int, int]:
        """Return (number of right answers, number that are not void); one query."""
        counts = self.aggregate(
            right_count=models.Count("pk", filter=Q(mark=Answer.Mark.RIGHT)),
            question_count=models.Count("pk", filter=~Q(mark=Answer.Mark.VOID)),
        )
        return counts["right_count"], counts["question_count"]


class Answer(models.Model):
    """
    One question of an attempt: when it was shown, what the player answered, and the mark.

    `submission` is the answer: primary keys of options with commas between (in the player's order, where
    the question asks for an order), or the typed words; "" is a question passed over. `nonce` is a random
    text, made when the question is first shown; an answer must bring it back.
    """

    class Mark(models.TextChoices):
        NONE = "", "Not answered"
        RIGHT = "right", "Right"
        WRONG = "wrong", "Wrong"
        VOID = "void", "Does not count"

    # db_index=False: a constraint or index below begins with each of the two columns already.
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
    is_counted = models.BooleanField(default=False, help_text="Included in the statistics of the question.")

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
        """The moment at which the time for this question ends; None without a clock."""
        return (
            self.served_at + timedelta(seconds=self.seconds_allowed)
            if self.seconds_allowed and self.served_at
            else None
        )

    @property
    def points_change(self) -> int:
        """By how many points the ruling changed the score: 1, 0 or -1."""
        return (
            (self.mark == self.Mark.RIGHT) - (self.mark_before_ruling == self.Mark.RIGHT)
            if self.ruling_id
            else 0
        )

    def serve(self, clock: int) -> None:
        """
        Record that the question is shown: start its clock of `clock` seconds (0: none) and make its nonce.

        Does nothing if the question has been shown before.
        """
        if self.served_at is not None:
            return
        now, nonce = timezone.now(), new_secret()
        if Answer.objects.filter(pk=self.pk, served_at__isnull=True).update(
            served_at=now, nonce=nonce, seconds_allowed=clock
        ):
            self.served_at, self.nonce, self.seconds_allowed = now, nonce, clock
        else:  # another request of the same player was first
            self.refresh_from_db(fields=["served_at", "nonce", "seconds_allowed"])

    def store(self, nonce: str, submission: str, mark: str, now: datetime) -> bool:
        """
        Store an answer and its mark. Returns False if the nonce is wrong, or the question is answered.

        A single UPDATE decides, so that the database stores only one of two answers that come at once.
        An answer after the deadline and `GRACE` is stored, and is wrong.
        """
        # After the server's clock was set back, `now` may be earlier than the question; a constraint
        # of the table would refuse such an answer.
        now = max(now, cast(datetime, self.served_at))
        is_late = self.deadline is not None and now > self.deadline + GRACE
        mark = self.Mark.WRONG if is_late else mark
        unanswered = Answer.objects.filter(pk=self.pk, nonce=nonce, answered_at__isnull=True)
        return bool(unanswered.update(submission=submission, mark=mark, answered_at=now, is_late=is_late))
