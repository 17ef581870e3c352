"""Playing a quiz: beginning, asking, taking an answer, ending. The server's clock and no other."""

import hashlib
import hmac
from datetime import timedelta
from math import ceil

from django.db import IntegrityError, transaction
from django.utils import timezone

from fans import signing
from fans.limits import record_hit
from trivia.leaderboards import update_leaderboards
from trivia.marking import mark_of
from trivia.models import Answer, Attempt, Player, Question, Quiz
from trivia.related_context import QUESTIONS_A_FILM

SALT, TOKEN_LIFETIME = "trivia.answer", timedelta(days=1)
ANSWER_TOKEN = signing.register(SALT, TOKEN_LIFETIME)
ATTEMPTS_AN_HOUR = 60  # by one player
MAX_CLOCK_SECONDS = 30_000  # seconds; what the column holds
OTHER_GAME = "That answer belonged to another game. Here is yours; nothing was counted."
EXPIRED_PAGE = "That page was more than a day old. Here is the question again; nothing was counted."
ALREADY_ANSWERED = "This question was answered already. The first answer counts."


class AnswerRefused(Exception):
    """An answer that was not taken: the sentence that says why, and the answer that stands, if one does."""

    def __init__(self, sentence, stored_answer=None):
        super().__init__(sentence)
        self.sentence, self.stored_answer = sentence, stored_answer


def begin(player, subject, clock=0, *, is_ranked=True):
    """
    The player's attempt at `subject` (a quiz or a film): the one that is open, or a new one.

    None where there is nothing to ask. `is_ranked` is whether leaderboards may count it; only the first
    at a quiz does.
    """
    subject_fields = {"quiz": subject} if isinstance(subject, Quiz) else {"film": subject}
    own_attempts = Attempt.objects.of(player).filter(**subject_fields)
    open_attempt = own_attempts.open().first()
    if open_attempt:
        return open_attempt
    questions = _questions_for(player, subject)
    if not questions:
        return None
    is_ranked = is_ranked and "quiz" in subject_fields and not own_attempts.filter(is_ranked=True).exists()
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                player=player,
                clock=clock,
                is_ranked=is_ranked,
                question_count=len(questions),
                **subject_fields,
            )
            _create_answers(attempt, questions)
    except IntegrityError:  # a second click has just begun it
        return own_attempts.open().first()
    return attempt


def hit_attempt_limit(player):
    """Whether this player begins more than sixty attempts an hour, this one counted."""
    return record_hit("attempt", str(player.pk), timedelta(hours=1)) > ATTEMPTS_AN_HOUR


def _questions_for(player, subject):
    if isinstance(subject, Quiz):
        return list(subject.questions)
    on_film = Question.objects.live().about(subject)
    met_before = Answer.objects.filter(attempt__player=player, question__film=subject).values("question")
    fresh = list(on_film.exclude(pk__in=met_before)[:QUESTIONS_A_FILM])
    return fresh + list(on_film.filter(pk__in=met_before)[: QUESTIONS_A_FILM - len(fresh)])


def _create_answers(attempt, questions):
    met_before = Answer.objects.filter(attempt__player=attempt.player_id, question__in=questions)
    met_before = set(met_before.values_list("question", flat=True))
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=question, position=position, is_first=question.pk not in met_before)
        for position, question in enumerate(questions, 1)
    )


def serve_next_question(attempt):
    """
    The question that is open, shown now for the first time or again; None when there is none left.

    It comes with its options and its picture. A question taken out of use meanwhile does not count.
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


def _void_answer(answer):
    now = timezone.now()
    unanswered = Answer.objects.filter(pk=answer.pk, answered_at__isnull=True)
    unanswered.update(answered_at=now, mark=Answer.Mark.VOID, is_counted=True)


def shuffled_choices(secret, question):
    """(name on the page, option) of each choice, in an order of its own for each secret."""
    options = list(question.options.all())
    if question.kind == Question.Kind.TRUE_FALSE:
        options.sort(key=lambda option: option.text, reverse=True)  # "True" first, always
    else:
        options.sort(key=lambda option: pseudonym(secret, "order", option.pk))
    return [(pseudonym(secret, "name", option.pk)[:16], option) for option in options]


def pseudonym(secret, purpose, pk):
    """What stands for a row on a page: nobody can tell the row from it."""
    return hmac.new(secret.encode(), f"{purpose} {pk}".encode(), hashlib.sha256).hexdigest()


def token_for(answer):
    """What a page must bring back with an answer: good for one answer, to this question, for a day."""
    return ANSWER_TOKEN.sign([answer.attempt_id, answer.position, answer.nonce])


def redeem_token(attempt, token):
    """
    The open answer that `token` was made for, with its nonce proved; raises `AnswerRefused`.

    The signature says that the token is ours and a day old at most; the database, that it is unused.
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


def store_answer(attempt, answer, submission):
    """Store an answer; the last one ends the attempt. Raises `AnswerRefused` on a second click."""
    with transaction.atomic():
        # Held till the answer is stored: a ruling on the question comes before it or after it.
        question = Question.objects.select_for_update().prefetch_related("options").get(pk=answer.question_id)
        stored = answer.store(answer.nonce, submission, mark_of(question, submission), timezone.now())
        if stored and not attempt.answers.unanswered().exists():
            finish(attempt)
    if not stored:
        answer.refresh_from_db()
        raise AnswerRefused(ALREADY_ANSWERED, answer)


def extend_time(attempt, answer):
    """Give this question its time once more, from now on; as often as the player likes."""
    if attempt.clock:
        elapsed = ceil((timezone.now() - answer.served_at).total_seconds())
        unanswered = Answer.objects.filter(pk=answer.pk, answered_at__isnull=True)
        unanswered.update(seconds_allowed=min(elapsed + attempt.clock, MAX_CLOCK_SECONDS))


def seconds_left(answer):
    """How long the open question's clock runs yet, in whole seconds; 0 without a clock or after its end."""
    return max(0, ceil((answer.deadline - timezone.now()).total_seconds())) if answer.deadline else 0


@transaction.atomic
def finish(attempt):
    """Count an attempt that has nothing left to ask, once, and enter it on the leaderboards."""
    # Held while its answers are counted: a ruling on one of them comes before that or after it.
    if Attempt.objects.open().select_for_update().filter(pk=attempt.pk).first():
        right_count, question_count = attempt.answers.scores()
        Attempt.objects.filter(pk=attempt.pk).update(
            finished_at=timezone.now(), right_count=right_count, question_count=question_count
        )
        update_leaderboards([attempt.player_id])
    attempt.refresh_from_db(fields=["finished_at", "right_count", "question_count"])


@transaction.atomic
def create_finished_attempt(quiz, submissions, now):
    """
    A finished attempt of somebody new, answered on one form: `submissions` maps question pks to answers.

    It stands on no leaderboard. A ruling reaches it like any other attempt.
    """
    questions = Question.objects.select_for_update().prefetch_related("options").filter(pk__in=submissions)
    marks = {
        question: _mark_if_live(question, submissions[question.pk]) for question in questions.order_by("pk")
    }
    attempt = Attempt.objects.create(
        player=Player.objects.create(),
        quiz=quiz,
        began_at=now,
        finished_at=now,
        right_count=sum(mark == Answer.Mark.RIGHT for mark in marks.values()),
        question_count=sum(mark != Answer.Mark.VOID for mark in marks.values()),
    )
    timestamps = {"served_at": now, "answered_at": now, "is_first": True}
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=question,
            position=position,
            submission=submissions[question.pk],
            mark=mark,
            **timestamps,
        )
        for position, (question, mark) in enumerate(marks.items(), 1)
    )
    return attempt


def _mark_if_live(question, submission):
    """A question taken out of use since it was asked does not count."""
    return mark_of(question, submission) if question.status == Question.Status.LIVE else Answer.Mark.VOID
