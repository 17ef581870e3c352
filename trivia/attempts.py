"""
Playing a quiz, or three questions on a film: begin an attempt, show its questions, store answers, finish.

All time limits are measured with the server's clock. The page of a question contains a signed token for this
question; its answer is stored only if the form sends this token back.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from fans import signing
from fans.limits import record_hit
from films.models import Film
from trivia.leaderboard_points import update_leaderboards
from trivia.marking import mark_of
from trivia.models import Answer, Attempt, Player, Question, Quiz
from trivia.related_context import QUESTIONS_A_FILM

SALT, TOKEN_LIFETIME = "trivia.answer", timedelta(days=1)
ANSWER_TOKEN = signing.register(SALT, TOKEN_LIFETIME)
ATTEMPTS_AN_HOUR = 60  # by one player
MAX_CLOCK_SECONDS = 30_000  # the column `Answer.seconds_allowed` holds at most 32,767
OTHER_GAME = "That answer belonged to another game. Here is yours; nothing was counted."
EXPIRED_PAGE = "That page was more than a day old. Here is the question again; nothing was counted."
ALREADY_ANSWERED = "This question was answered already. The first answer counts."


class AnswerRefused(Exception):
    """
    An answer was not stored. `sentence` tells the player why.

    `stored_answer` is the answer that counts instead, if the question has been answered already.
    """

    def __init__(self, sentence: str, stored_answer: Answer | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.stored_answer = sentence, stored_answer


def begin(player: Player, subject: Quiz | Film, clock: int = 0, *, is_ranked: bool = True) -> Attempt | None:
    """
    Return the player's unfinished attempt at `subject`, or create one. None if there is no live question.

    `clock` is in seconds per question, 0 for no limit. With `is_ranked` leaderboards count the attempt if it
    is the player's first ranked one at this quiz; they never count attempts on a film.
    """
    subject_fields: dict[str, Any] = {"quiz": subject} if isinstance(subject, Quiz) else {"film": subject}
    own_attempts = Attempt.objects.of(player).filter(**subject_fields)
    open_attempt = own_attempts.open().first()
    if open_attempt:
        return open_attempt
    questions = _questions_for(player, subject)
    if not questions:
        return None
    is_ranked = is_ranked and "quiz" in subject_fields and not own_attempts.filter(is_ranked=True).exists()
    attempt = Attempt(player=player, clock=clock, is_ranked=is_ranked, **subject_fields)
    try:
        return _create_attempt(attempt, questions)
    except IntegrityError:  # a second request of the same player has just created it
        return own_attempts.open().first()


def hit_attempt_limit(player: Player) -> bool:
    """
    Count one more attempt of `player` in the rate limit. Returns True above `ATTEMPTS_AN_HOUR`.

    Call it once for each attempt that is to begin.
    """
    return record_hit("attempt", str(player.pk), timedelta(hours=1)) > ATTEMPTS_AN_HOUR


def _questions_for(player: Player, subject: Quiz | Film) -> list[Question]:
    """All live questions of a quiz; or three on a film, if possible ones that are new to the player."""
    if isinstance(subject, Quiz):
        return list(subject.questions)
    on_film = Question.objects.live().about(subject)
    met_before = Answer.objects.filter(attempt__player=player, question__film=subject).values("question")
    fresh = list(on_film.exclude(pk__in=met_before)[:QUESTIONS_A_FILM])
    return fresh + list(on_film.filter(pk__in=met_before)[: QUESTIONS_A_FILM - len(fresh)])


@transaction.atomic
def _create_attempt(attempt: Attempt, questions: list[Question]) -> Attempt:
    """Save `attempt` with an empty answer for each question. Raises `IntegrityError` if one is open."""
    attempt.question_count = len(questions)
    attempt.save(force_insert=True)
    answers = Answer.objects.filter(attempt__player=attempt.player_id, question__in=questions)
    met_before = set(answers.values_list("question", flat=True))
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=question, position=position, is_first=question.pk not in met_before)
        for position, question in enumerate(questions, 1)
    )
    return attempt


def serve_next_question(attempt: Attempt) -> Answer | None:
    """
    Return the `Answer` whose question is to be shown now; None if all are answered.

    If it is shown for the first time, its clock starts and it gets a nonce. Questions that are no longer live
    are marked void and skipped. If no question is left, the attempt is finished. The question is loaded with
    its options and photo.
    """
    unanswered = attempt.answers.unanswered().select_related("question__photo")
    answer = unanswered.prefetch_related("question__options").first()
    while answer and answer.question.status != Question.Status.LIVE:
        _void_answer(answer)
        answer = unanswered.prefetch_related("question__options").first()
    if answer is None:
        finish(attempt)
        return None
    answer.serve(attempt.clock)
    return answer


def _void_answer(answer: Answer) -> None:
    unanswered = Answer.objects.filter(pk=answer.pk, answered_at__isnull=True)
    unanswered.update(answered_at=timezone.now(), mark=Answer.Mark.VOID, is_counted=True)


def token_for(answer: Answer) -> str:
    """Return the signed token for the page that shows this question. It is valid for `TOKEN_LIFETIME`."""
    return ANSWER_TOKEN.sign([answer.attempt_id, answer.position, answer.nonce])


def redeem_token(attempt: Attempt, token: str) -> Answer:
    """
    Return the unanswered `Answer` of `attempt` for which `token` was made. Changes nothing.

    Raises `AnswerRefused` if the token is forged, older than `TOKEN_LIFETIME` or of another attempt, or if
    the question is answered already.
    """
    try:
        attempt_pk, position, nonce = ANSWER_TOKEN.read(token)
    except signing.SignatureExpired:
        raise AnswerRefused(EXPIRED_PAGE) from None
    except signing.BadSignature:
        raise AnswerRefused(OTHER_GAME) from None
    answers = attempt.answers.select_related("question").prefetch_related("question__options")
    answer = answers.filter(position=position).first() if attempt_pk == attempt.pk else None
    if answer is None or not nonce or answer.nonce != nonce:
        raise AnswerRefused(OTHER_GAME)
    if answer.is_answered:
        raise AnswerRefused(ALREADY_ANSWERED, answer)
    return answer


def store_answer(attempt: Attempt, answer: Answer, submission: str) -> None:
    """
    Mark `submission` as right or wrong and store it. Finishes the attempt if it was the last answer.

    Raises `AnswerRefused` if another request has answered the question in the meantime.
    """
    with transaction.atomic():
        # The lock on the question makes a ruling wait, so that it misses no answer marked by the old key.
        question = Question.objects.select_for_update().prefetch_related("options").get(pk=answer.question_id)
        stored = answer.store(answer.nonce, submission, mark_of(question, submission), timezone.now())
        if stored and not attempt.answers.unanswered().exists():
            finish(attempt)
    if not stored:
        answer.refresh_from_db()
        raise AnswerRefused(ALREADY_ANSWERED, answer)


def extend_time(attempt: Attempt, answer: Answer) -> None:
    """Give the open question its full time again from now on. A player may ask for this without limit."""
    if attempt.clock and answer.served_at:
        elapsed = ceil((timezone.now() - answer.served_at).total_seconds())
        unanswered = Answer.objects.filter(pk=answer.pk, answered_at__isnull=True)
        unanswered.update(seconds_allowed=min(elapsed + attempt.clock, MAX_CLOCK_SECONDS))


def seconds_left(answer: Answer) -> int:
    """Return the whole seconds until the deadline of `answer`; 0 after it, or if there is no clock."""
    return max(0, ceil((answer.deadline - timezone.now()).total_seconds())) if answer.deadline else 0


@transaction.atomic
def finish(attempt: Attempt) -> None:
    """
    Store the score of an attempt whose questions are all answered, and update the leaderboards.

    Does nothing to an attempt that is finished already.
    """
    # The lock on the attempt makes a ruling wait, so that it scores this attempt again after the count.
    if Attempt.objects.open().select_for_update().filter(pk=attempt.pk).first():
        right_count, question_count = attempt.answers.scores()
        Attempt.objects.filter(pk=attempt.pk).update(
            finished_at=timezone.now(), right_count=right_count, question_count=question_count
        )
        update_leaderboards([attempt.player_id])
    attempt.refresh_from_db(fields=["finished_at", "right_count", "question_count"])


@transaction.atomic
def create_finished_attempt(quiz: Quiz, submissions: dict[int, str], now: datetime) -> Attempt:
    """
    Create a player with a finished attempt, for answers given on one form (an entry in a contest).

    `submissions` maps primary keys of questions to answers. Leaderboards do not count the attempt. Rulings
    mark it again like any other.
    """
    questions = Question.objects.select_for_update().prefetch_related("options").filter(pk__in=submissions)
    marks = {
        question: _mark_if_live(question, submissions[question.pk]) for question in questions.order_by("pk")
    }
    attempt = Attempt.objects.create(
        player=Player.objects.create(), quiz=quiz, began_at=now, finished_at=now,
        right_count=sum(mark == Answer.Mark.RIGHT for mark in marks.values()),
        question_count=sum(mark != Answer.Mark.VOID for mark in marks.values()),
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=question, position=position, submission=submissions[question.pk],
               mark=mark, served_at=now, answered_at=now, is_first=True)
        for position, (question, mark) in enumerate(marks.items(), 1)
    )  # fmt: skip
    return attempt


def _mark_if_live(question: Question, submission: str) -> Answer.Mark:
    """The mark of `submission`; void if the question is no longer live."""
    return mark_of(question, submission) if question.status == Question.Status.LIVE else Answer.Mark.VOID
