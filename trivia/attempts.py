"""Playing a quiz: beginning, asking, taking an answer, ending. The server's clock and no other."""

import hashlib
import hmac
from datetime import timedelta
from math import ceil

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.limits import record_hit
from trivia.beside import ASKED
from trivia.marking import mark_of
from trivia.models import Answer, Attempt, Player, Question, Quiz
from trivia.standings import enter

SALT, GOOD_FOR = "trivia.answer", timedelta(days=1)
ATTEMPTS_AN_HOUR = 60  # by one player
LONGEST_CLOCK = 30_000  # seconds; what the column holds
NOT_OURS = "That answer belonged to another game. Here is yours; nothing was counted."
TOO_OLD = "That page was more than a day old. Here is the question again; nothing was counted."
TWICE = "This question was answered already. The first answer counts."


class Refused(Exception):
    """An answer that was not taken: the sentence that says why, and the answer that stands, if one does."""

    def __init__(self, sentence, standing=None):
        super().__init__(sentence)
        self.sentence, self.standing = sentence, standing


def begin(player, subject, clock=0, *, counts=True):
    """
    The player's attempt at `subject` (a quiz or a film): the one that is open, or a new one.

    None where there is nothing to ask. `counts` is whether leaderboards may count it; only the first
    at a quiz does.
    """
    about = {"quiz": subject} if isinstance(subject, Quiz) else {"film": subject}
    mine = Attempt.objects.of(player).filter(**about)
    standing = mine.open().first()
    if standing:
        return standing
    questions = _questions_for(player, subject)
    if not questions:
        return None
    counts = counts and "quiz" in about and not mine.filter(counts=True).exists()
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                player=player, clock=clock, counts=counts, asked=len(questions), **about
            )
            _lay_out(attempt, questions)
    except IntegrityError:  # a second click has just begun it
        return mine.open().first()
    return attempt


def begins_too_often(player):
    """Whether this player begins more than sixty attempts an hour, this one counted."""
    return record_hit("attempt", str(player.pk), timedelta(hours=1)) > ATTEMPTS_AN_HOUR


def _questions_for(player, subject):
    if isinstance(subject, Quiz):
        return list(subject.questions)
    about = Question.objects.live().about(subject)
    met = Answer.objects.filter(attempt__player=player, question__film=subject).values("question")
    fresh = list(about.exclude(pk__in=met)[:ASKED])
    return fresh + list(about.filter(pk__in=met)[: ASKED - len(fresh)])


def _lay_out(attempt, questions):
    met = Answer.objects.filter(attempt__player=attempt.player_id, question__in=questions)
    met = set(met.values_list("question", flat=True))
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=question, place=place, is_first=question.pk not in met)
        for place, question in enumerate(questions, 1)
    )


def open_question(attempt):
    """
    The question that is open, shown now for the first time or again; None when there is none left.

    It comes with its options and its picture. A question taken out of use meanwhile does not count.
    """
    waiting = attempt.answers.waiting().select_related("question__photo")
    answer = waiting.prefetch_related("question__options").first()
    while answer and answer.question.status != Question.Status.LIVE:
        _pass_over(answer)
        answer = waiting.prefetch_related("question__options").first()
    if answer is None:
        finish(attempt)
        return None
    answer.serve(attempt.clock)
    return answer


def _pass_over(answer):
    now = timezone.now()
    waiting = Answer.objects.filter(pk=answer.pk, answered_at__isnull=True)
    waiting.update(answered_at=now, mark=Answer.Mark.VOID, counted=True)


def shuffled(secret, question):
    """(name on the page, option) of each choice, in an order of its own for each secret."""
    options = list(question.options.all())
    if question.kind == Question.Kind.TRUE_FALSE:
        options.sort(key=lambda option: option.text, reverse=True)  # "True" first, always
    else:
        options.sort(key=lambda option: sealed(secret, "order", option.pk))
    return [(sealed(secret, "name", option.pk)[:16], option) for option in options]


def sealed(secret, what, pk):
    """What stands for a row on a page: nobody can tell the row from it."""
    return hmac.new(secret.encode(), f"{what} {pk}".encode(), hashlib.sha256).hexdigest()


def token_for(answer):
    """What a page must bring back with an answer: good for one answer, to this question, for a day."""
    return signing.dumps([answer.attempt_id, answer.place, answer.nonce], salt=SALT)


def redeemed(attempt, token):
    """
    The open answer that `token` was made for, with its nonce proved; raises `Refused`.

    The signature says that the token is ours and a day old at most; the database, that it is unused.
    """
    try:
        number, place, nonce = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        raise Refused(TOO_OLD) from None
    except signing.BadSignature:
        raise Refused(NOT_OURS) from None
    rows = attempt.answers.select_related("question").prefetch_related("question__options")
    answer = rows.filter(place=place).first() if number == attempt.pk else None
    if answer is None or not nonce or answer.nonce != nonce:
        raise Refused(NOT_OURS)
    if answer.is_given:
        raise Refused(TWICE, answer)
    return answer


def take(attempt, answer, given):
    """Store an answer, and end the attempt with its last question; raises `Refused` on a second click."""
    with transaction.atomic():
        # Held till the answer is stored: a ruling on the question comes before it or after it.
        question = Question.objects.select_for_update().prefetch_related("options").get(pk=answer.question_id)
        taken = answer.take(answer.nonce, given, mark_of(question, given), timezone.now())
        if taken and not attempt.answers.waiting().exists():
            finish(attempt)
    if not taken:
        answer.refresh_from_db()
        raise Refused(TWICE, answer)


def lengthen(attempt, answer):
    """Give this question its time once more, from now on; as often as the player likes."""
    if attempt.clock:
        passed = ceil((timezone.now() - answer.served_at).total_seconds())
        waiting = Answer.objects.filter(pk=answer.pk, answered_at__isnull=True)
        waiting.update(allowed=min(passed + attempt.clock, LONGEST_CLOCK))


def seconds_left(answer):
    """How long the open question's clock runs yet, in whole seconds; 0 without a clock or after its end."""
    return max(0, ceil((answer.until - timezone.now()).total_seconds())) if answer.until else 0


@transaction.atomic
def finish(attempt):
    """Count an attempt that has nothing left to ask, once, and enter it on the leaderboards."""
    # Held while its answers are counted: a ruling on one of them comes before that or after it.
    if Attempt.objects.open().select_for_update().filter(pk=attempt.pk).first():
        right, asked = attempt.answers.scores()
        Attempt.objects.filter(pk=attempt.pk).update(finished_at=timezone.now(), right=right, asked=asked)
        enter([attempt.player_id])
    attempt.refresh_from_db(fields=["finished_at", "right", "asked"])


@transaction.atomic
def at_once(quiz, given, now):
    """
    A finished attempt of somebody new, answered on one form: `given` is each answer by its question's number.

    It stands on no leaderboard. A ruling reaches it like any other attempt.
    """
    asked = Question.objects.select_for_update().prefetch_related("options").filter(pk__in=given)
    marks = {question: _mark_now(question, given[question.pk]) for question in asked.order_by("pk")}
    attempt = Attempt.objects.create(
        player=Player.objects.create(),
        quiz=quiz,
        began_at=now,
        finished_at=now,
        right=sum(mark == Answer.Mark.RIGHT for mark in marks.values()),
        asked=sum(mark != Answer.Mark.VOID for mark in marks.values()),
    )
    moments = {"served_at": now, "answered_at": now, "is_first": True}
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt, question=question, place=place, given=given[question.pk], mark=mark, **moments
        )
        for place, (question, mark) in enumerate(marks.items(), 1)
    )
    return attempt


def _mark_now(question, given):
    """A question taken out of use since it was asked does not count."""
    return mark_of(question, given) if question.status == Question.Status.LIVE else Answer.Mark.VOID
