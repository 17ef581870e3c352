"""
Applies a ruling of staff on a question, or on a Daily Reel, to all answers and games there are.

One transaction changes the right answers, the marks of stored answers, the scores of attempts, leaderboards,
streaks and the question's record. Entries in contests change too, because their score is that of an attempt.
"""

from typing import Any, cast

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trivia import statistics
from trivia.leaderboard_points import update_leaderboards
from trivia.marking import mark_of
from trivia.models import Answer, Attempt, Option, Play, Puzzle, Question, Ruling

Verdict, Mark, Kind = Ruling.Verdict, Answer.Mark, Question.Kind
VERDICTS_WITH_ANSWERS = {Verdict.ACCEPT, Verdict.WRONG_KEY}
BATCH_SIZE = 500  # games of a Daily Reel per UPDATE


def ruling_problem(ruling: Ruling) -> str | None:
    """Why this ruling cannot be made, as a sentence for staff; None if it can."""
    question = ruling.question
    if question is None or ruling.verdict not in VERDICTS_WITH_ANSWERS:
        return None
    if not ruling.answer_lines:
        return "Write the right answers, one a line."
    if question.kind == Kind.TYPED:
        return None
    texts = _options_by_text(question)
    unknown = [line for line in ruling.answer_lines if line.casefold() not in texts]
    if unknown:
        return f"“{unknown[0]}” is none of the question's answers."
    return _answer_count_problem(ruling, question.kind, len(texts))


def _answer_count_problem(ruling: Ruling, kind: str, option_count: int) -> str | None:
    named = len({line.casefold() for line in ruling.answer_lines})
    if ruling.verdict == Verdict.ACCEPT:
        orders = kind == Kind.ORDER
        return "Two orders cannot both be right: void it, or give the right order." if orders else None
    if kind == Kind.ORDER and named != option_count:
        return "Give every step, in the right order."
    if kind in (Kind.CHOICE, Kind.TRUE_FALSE) and named != 1:
        return "One answer of this question is right: name one."
    return None


@transaction.atomic
def apply(ruling: Ruling) -> None:
    """Apply a ruling that has just been saved, and store how many answers or games it changed."""
    changed = (
        _apply_to_puzzle(ruling, ruling.puzzle_id)
        if ruling.puzzle_id
        else _apply_to_question(ruling, cast(int, ruling.question_id))
    )
    Ruling.objects.filter(pk=ruling.pk).update(changed_count=changed)
    ruling.changed_count = changed


def _apply_to_question(ruling: Ruling, question_pk: int) -> int:
    question = _lock_question(question_pk)
    if ruling.verdict == Verdict.ACCEPT:
        _accept_answers(question, ruling.answer_lines)
    elif ruling.verdict == Verdict.WRONG_KEY:
        _set_key(question, ruling.answer_lines)
    elif ruling.verdict == Verdict.VOID:
        Question.objects.filter(pk=question.pk).update(status=Question.Status.RETIRED)
    changed = _mark_again(ruling, question_pk)
    _score_again(question)
    statistics.recount([question.pk])
    question.flags.waiting().update(ruling=ruling)
    return changed


def _lock_question(pk: int) -> Question:
    """
    Return the question, locked with its open attempts until the transaction ends.

    Until then nobody can answer the question or finish an attempt with it.
    """
    question = Question.objects.select_for_update().prefetch_related("options").get(pk=pk)
    attempts = Answer.objects.filter(question=question).values("attempt")
    list(Attempt.objects.open().select_for_update().filter(pk__in=attempts).order_by("pk").values("pk"))
    return question


def _options_by_text(question: Question) -> dict[str, Option]:
    return {option.text.casefold(): option for option in question.options.all()}


def _accept_answers(question: Question, lines: list[str]) -> None:
    texts = _options_by_text(question)
    known = [texts[line.casefold()].pk for line in lines if line.casefold() in texts]
    question.options.filter(pk__in=known).update(is_accepted=True)
    if question.kind == Kind.TYPED:
        _add_spellings(question, [line for line in lines if line.casefold() not in texts], len(texts))


def _set_key(question: Question, lines: list[str]) -> None:
    if question.kind == Kind.TYPED:
        question.options.all().delete()
        _add_spellings(question, lines, 0)
        return
    positions = {line.casefold(): position for position, line in enumerate(lines, 1)}
    options = list(question.options.all())
    for option in options:
        option.is_right, option.is_accepted = option.text.casefold() in positions, False
        if question.kind == Kind.ORDER:
            option.order = positions[option.text.casefold()]
    Option.objects.bulk_update(options, ["is_right", "is_accepted", "order"])


def _add_spellings(question: Question, lines: list[str], existing: int) -> None:
    Option.objects.bulk_create(
        Option(question=question, text=line, is_right=True, order=order)
        for order, line in enumerate(dict.fromkeys(lines), existing + 1)
    )


def _mark_again(ruling: Ruling, question_pk: int) -> int:
    """Mark every answer to the question again. Returns how many marks changed."""
    # Answers that were void before any ruling stay void: the question was not live when it was due.
    answers = Answer.objects.filter(question=question_pk, answered_at__isnull=False)
    answers = answers.exclude(mark=Mark.VOID, ruling__isnull=True)
    if ruling.verdict == Verdict.VOID:
        return _set_mark(answers, Mark.VOID, ruling)
    question = Question.objects.prefetch_related("options").get(pk=question_pk)
    changed = 0
    for submission, is_late in answers.order_by().values_list("submission", "is_late").distinct():
        mark = Mark.WRONG if is_late else mark_of(question, submission)
        changed += _set_mark(answers.filter(submission=submission, is_late=is_late), mark, ruling)
    return changed


def _set_mark(answers: QuerySet[Answer], mark: str, ruling: Ruling) -> int:
    return answers.exclude(mark=mark).update(mark_before_ruling=F("mark"), mark=mark, ruling=ruling)


def _score_again(question: Question) -> None:
    """Compute the score of every finished attempt with this question again, and update leaderboards."""
    attempts = Attempt.objects.filter(answers__question=question, finished_at__isnull=False)
    answers = Answer.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt")

    def counted(rows: QuerySet[Answer, Any]) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)

    Attempt.objects.filter(pk__in=attempts.values("pk")).update(
        right_count=counted(answers.filter(mark=Mark.RIGHT)),
        question_count=counted(answers.exclude(mark=Mark.VOID)),
    )
    shown = attempts.ranked().filter(player__nickname_status="shown")
    update_leaderboards(shown.values_list("player", flat=True).distinct())


def _apply_to_puzzle(ruling: Ruling, puzzle_pk: int) -> int:
    """Store the ruling on its puzzle; an accepted film wins its games. Returns how many games changed."""
    void = ruling.verdict == Verdict.VOID
    was_void = Puzzle.objects.filter(pk=puzzle_pk, ruling__verdict=Verdict.VOID).exists()
    Puzzle.objects.filter(pk=puzzle_pk).update(ruling=ruling)
    finished = Play.objects.filter(puzzle=puzzle_pk, finished_at__isnull=False)
    if ruling.verdict != Verdict.ACCEPT:
        return finished.count() if void != was_void else 0
    return _win_plays(Play.objects.filter(puzzle=puzzle_pk), str(ruling.film))


def _win_plays(plays: QuerySet[Play], title: str) -> int:
    """Count the guess `title` as right in each of `plays` that has it. Returns how many games changed."""
    changed_plays = [
        play
        for play in plays.iterator()
        if title in play.guesses and play.guesses.index(title) + 1 != play.solved_on
    ]
    for play in changed_plays:
        play.guesses = play.guesses[: play.guesses.index(title) + 1]
        play.guesses_made = play.solved_on = len(play.guesses)
        play.finished_at = play.finished_at or timezone.now()
    Play.objects.bulk_update(
        changed_plays, ["guesses", "guesses_made", "solved_on", "finished_at"], batch_size=BATCH_SIZE
    )
    return len(changed_plays)
