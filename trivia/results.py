"""The result of an attempt: each answer with the right one, further reading, and a text to share."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django.conf import settings

from magazine.models import Article
from trivia.leaderboards import board_of_quiz
from trivia.marking import in_words, right_answers
from trivia.models import Answer, Attempt, LeaderboardRow, Player, Question
from trivia.statistics import ENOUGH_ANSWERS, wilson_interval

SHARE_SIGNS = {"right": "◆", "wrong": "□", "void": "–", "": "–"}
MARK_LABELS = {"right": "Right", "wrong": "Wrong", "void": "Does not count"}


class AnswerResult(NamedTuple):
    """One answered question as a page shows it."""

    answer: Answer
    question: Question
    submission: list[str]
    right_answers: list[str]
    piece: Article | None
    success_rate: str

    @property
    def mark(self) -> str:
        if self.answer.is_late:
            return "Too late"
        return (
            "Passed over"
            if self.answer.mark == "wrong" and not self.submission
            else MARK_LABELS[self.answer.mark]
        )

    @property
    def share_sign(self) -> str:
        return SHARE_SIGNS[self.answer.mark]

    @property
    def is_ordered(self) -> bool:
        return self.question.kind == Question.Kind.ORDER


def result_context(attempt: Attempt) -> dict[str, Any]:
    """Context for `trivia/result.html`, the page of a finished attempt; four queries."""
    answers = list(attempt.answers.with_questions().prefetch_related("question__options"))
    results = answer_results(answers)
    return {
        "attempt": attempt,
        "results": results,
        "points_change": sum(answer.points_change for answer in answers),
        "share_text": share_text(attempt, results),
        "rank": _rank(attempt),
    }


def answer_results(answers: list[Answer]) -> list[AnswerResult]:
    """Results for `answers`, whose questions and options must be loaded already; one query."""
    read_on = _read_on([answer.question for answer in answers])
    return [
        AnswerResult(
            answer,
            answer.question,
            in_words(answer.question, answer.submission),
            right_answers(answer.question),
            read_on(answer.question),
            success_rate(answer.question),
        )
        for answer in answers
    ]


def success_rate(question: Question) -> str:
    """The share of players who get the question right, as a sentence; "" below sixty first answers."""
    record = getattr(question, "record", None)
    if record is None or record.answer_count < ENOUGH_ANSWERS:
        return ""
    share, low, high = (
        round(part * 100) for part in wilson_interval(record.right_count, record.answer_count)
    )
    return (
        f"{share}% of players get this right "
        f"(between {low}% and {high}%, as far as {record.answer_count} can tell)."
    )


def share_text(attempt: Attempt, results: list[AnswerResult]) -> str:
    """The text that a player may share: a sentence, a sign for each answer, the URL. It reveals no answer."""
    title = f"quiz “{attempt.quiz}”" if attempt.quiz else f"questions on {attempt.film}"
    signs = " ".join(result.share_sign for result in results)
    path = attempt.subject.get_absolute_url()
    return "\n".join(
        [
            f"cinemaCLIPS {title}: {attempt.right_count} of {attempt.question_count} right.",
            signs,
            settings.SITE_URL + path,
        ]
    )


def _read_on(questions: list[Question]) -> Callable[[Question], Article | None]:
    """Return a function from a question to the piece to read on, if any; one query.

    That is the question's own piece, else our review of its film.
    """
    pieces = Article.objects.published().further_reading(
        [question.piece_id for question in questions], [question.film_id for question in questions]
    )
    by_pk = {piece.pk: piece for piece in pieces}
    by_film = {piece.film_id: piece for piece in pieces if piece.half_stars}
    return lambda question: by_pk.get(question.piece_id) or by_film.get(question.film_id)


def _rank(attempt: Attempt) -> int | None:
    """The player's rank on the quiz's leaderboard; None if not ranked or not shown. One query at most."""
    if not attempt.is_ranked or attempt.player.nickname_status != Player.NicknameStatus.SHOWN:
        return None
    better = LeaderboardRow.objects.filter(
        board=board_of_quiz(cast(int, attempt.quiz_id)), points__gt=attempt.right_count
    )
    return better.count() + 1
