"""
Rulings: what a decision on a question, or on a Daily Reel, does to everything that was played.

One transaction: the key, every stored answer, the scores of attempts, leaderboards, streaks and the
question's record change together or not at all. Whatever is scored by an attempt is scored anew with it.
"""

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trivia import statistics
from trivia.marking import mark_of
from trivia.models import Answer, Attempt, Option, Play, Puzzle, Question, Ruling
from trivia.standings import enter

Verdict, Mark, Kind = Ruling.Verdict, Answer.Mark, Question.Kind
NEEDS_ANSWERS = {Verdict.ACCEPT, Verdict.WRONG_KEY}
TOGETHER = 500  # games of a Daily Reel that are written at once


def complaint(ruling):
    """Why this ruling cannot be made, as a sentence for staff; None if it can."""
    if ruling.question_id is None or ruling.verdict not in NEEDS_ANSWERS:
        return None
    if not ruling.lines:
        return "Write the right answers, one a line."
    if ruling.question.kind == Kind.TYPED:
        return None
    texts = _texts(ruling.question)
    unknown = [line for line in ruling.lines if line.casefold() not in texts]
    if unknown:
        return f"“{unknown[0]}” is none of the question's answers."
    return _count_complaint(ruling, len(texts))


def _count_complaint(ruling, many):
    kind, named = ruling.question.kind, len({line.casefold() for line in ruling.lines})
    if ruling.verdict == Verdict.ACCEPT:
        orders = kind == Kind.ORDER
        return "Two orders cannot both be right: void it, or give the right order." if orders else None
    if kind == Kind.ORDER and named != many:
        return "Give every step, in the right order."
    if kind in (Kind.CHOICE, Kind.TRUE_FALSE) and named != 1:
        return "One answer of this question is right: name one."
    return None


@transaction.atomic
def apply(ruling):
    """Carry out a ruling that has just been stored, and note how many answers or games it has changed."""
    changed = _on_reel(ruling) if ruling.puzzle_id else _on_question(ruling)
    Ruling.objects.filter(pk=ruling.pk).update(changed=changed)
    ruling.changed = changed


def _on_question(ruling):
    question = _held(ruling.question_id)
    if ruling.verdict == Verdict.ACCEPT:
        _accept(question, ruling.lines)
    elif ruling.verdict == Verdict.WRONG_KEY:
        _set_key(question, ruling.lines)
    elif ruling.verdict == Verdict.VOID:
        Question.objects.filter(pk=question.pk).update(status=Question.Status.RETIRED)
    changed = _mark_anew(ruling)
    _score_anew(question)
    statistics.count([question.pk])
    question.flags.waiting().update(ruling=ruling)
    return changed


def _held(pk):
    """The question, with nobody answering it or ending a game with it until the ruling is through."""
    question = Question.objects.select_for_update().prefetch_related("options").get(pk=pk)
    asking = Answer.objects.filter(question=question).values("attempt")
    list(Attempt.objects.open().select_for_update().filter(pk__in=asking).order_by("pk").values("pk"))
    return question


def _texts(question):
    return {option.text.casefold(): option for option in question.options.all()}


def _accept(question, lines):
    texts = _texts(question)
    known = [texts[line.casefold()].pk for line in lines if line.casefold() in texts]
    question.options.filter(pk__in=known).update(is_accepted=True)
    if question.kind == Kind.TYPED:
        _add_spellings(question, [line for line in lines if line.casefold() not in texts], len(texts))


def _set_key(question, lines):
    if question.kind == Kind.TYPED:
        question.options.all().delete()
        _add_spellings(question, lines, 0)
        return
    places = {line.casefold(): place for place, line in enumerate(lines, 1)}
    options = list(question.options.all())
    for option in options:
        option.is_right, option.is_accepted = option.text.casefold() in places, False
        if question.kind == Kind.ORDER:
            option.order = places[option.text.casefold()]
    Option.objects.bulk_update(options, ["is_right", "is_accepted", "order"])


def _add_spellings(question, lines, have):
    Option.objects.bulk_create(
        Option(question=question, text=line, is_right=True, order=have + number)
        for number, line in enumerate(dict.fromkeys(lines), 1)
    )


def _mark_anew(ruling):
    """Mark every answer to the question by the key as it is now; how many marks have changed."""
    # What was passed over, because the question had gone out of use, was never answered.
    given = Answer.objects.filter(question=ruling.question_id, answered_at__isnull=False)
    given = given.exclude(mark=Mark.VOID, ruling__isnull=True)
    if ruling.verdict == Verdict.VOID:
        return _become(given, Mark.VOID, ruling)
    question = Question.objects.prefetch_related("options").get(pk=ruling.question_id)
    changed = 0
    for words, late in given.order_by().values_list("given", "is_late").distinct():
        mark = Mark.WRONG if late else mark_of(question, words)
        changed += _become(given.filter(given=words, is_late=late), mark, ruling)
    return changed


def _become(answers, mark, ruling):
    return answers.exclude(mark=mark).update(was=F("mark"), mark=mark, ruling=ruling)


def _score_anew(question):
    """Count every finished attempt with this question anew, and the points of those who made it."""
    attempts = Attempt.objects.filter(answers__question=question, finished_at__isnull=False)
    answers = Answer.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt")

    def counted(rows):
        return Coalesce(Subquery(rows.annotate(many=Count("pk")).values("many")), 0)

    Attempt.objects.filter(pk__in=attempts.values("pk")).update(
        right=counted(answers.filter(mark=Mark.RIGHT)), asked=counted(answers.exclude(mark=Mark.VOID))
    )
    shown = attempts.scored().filter(player__naming="shown")
    enter(shown.values_list("player", flat=True).distinct())


def _on_reel(ruling):
    """Let the ruling stand on its day, and win the games whose film is right too; how many games changed."""
    void = ruling.verdict == Verdict.VOID
    was_void = Puzzle.objects.filter(pk=ruling.puzzle_id, ruling__verdict=Verdict.VOID).exists()
    Puzzle.objects.filter(pk=ruling.puzzle_id).update(ruling=ruling)
    finished = Play.objects.filter(puzzle=ruling.puzzle_id, finished_at__isnull=False)
    if ruling.verdict != Verdict.ACCEPT:
        return finished.count() if void != was_void else 0
    return _won(Play.objects.filter(puzzle=ruling.puzzle_id), str(ruling.film))


def _won(plays, title):
    """End every game of `plays` at its guess `title`, as won there."""
    won = [
        play
        for play in plays.iterator()
        if title in play.guesses and play.guesses.index(title) + 1 != play.solved_on
    ]
    for play in won:
        play.guesses = play.guesses[: play.guesses.index(title) + 1]
        play.guesses_made = play.solved_on = len(play.guesses)
        play.finished_at = play.finished_at or timezone.now()
    Play.objects.bulk_update(
        won, ["guesses", "guesses_made", "solved_on", "finished_at"], batch_size=TOGETHER
    )
    return len(won)
