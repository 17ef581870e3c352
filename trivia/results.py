"""What an attempt comes to: each answer with its key and why, what to read on, and what to share."""

from typing import NamedTuple

from django.conf import settings

from magazine.models import Article
from trivia.marking import key_of, spelled
from trivia.models import Answer, Player, Question, Standing
from trivia.standings import board_of_quiz
from trivia.statistics import ENOUGH, interval

SHAPES = {"right": "◆", "wrong": "□", "void": "–", "": "–"}
SAID = {"right": "Right", "wrong": "Wrong", "void": "Does not count"}


class Line(NamedTuple):
    """One answered question as a page prints it."""

    answer: Answer
    question: Question
    given: list
    key: list
    piece: Article | None
    known: str

    @property
    def mark(self):
        if self.answer.is_late:
            return "Too late"
        return "Passed over" if self.answer.mark == "wrong" and not self.given else SAID[self.answer.mark]

    @property
    def shape(self):
        return SHAPES[self.answer.mark]

    @property
    def is_ordered(self):
        return self.question.kind == Question.Kind.ORDER


def of(game):
    """What the result of a finished attempt prints; four queries."""
    answers = list(game.answers.with_questions().prefetch_related("question__options"))
    lines = lines_of(answers)
    return {
        "game": game,
        "lines": lines,
        "gain": sum(answer.gain for answer in answers),
        "said": sentence(game, lines),
        "rank": _rank(game),
    }


def lines_of(answers):
    """Answers with their questions and options fetched, as pages print them; one query."""
    read_on = _read_on([answer.question for answer in answers])
    return [
        Line(
            answer, answer.question, spelled(answer.question, answer.given), key_of(answer.question),
            read_on(answer.question), how_many(answer.question),
        )
        for answer in answers
    ]  # fmt: skip


def how_many(question):
    """How many get the question right, as a sentence; "" till enough have answered it."""
    record = getattr(question, "record", None)
    if record is None or record.asked < ENOUGH:
        return ""
    share, low, high = (round(part * 100) for part in interval(record.right, record.asked))
    return (
        f"{share}% of players get this right (between {low}% and {high}%, as far as {record.asked} can tell)."
    )


def sentence(game, lines):
    """What a player shares: a sentence that can be read aloud, and a shape for each answer. No key leaks."""
    what = f"quiz “{game.quiz}”" if game.quiz else f"questions on {game.film}"
    shapes = " ".join(line.shape for line in lines)
    address = (game.quiz or game.film).get_absolute_url()
    return "\n".join(
        [f"cinemaCLIPS {what}: {game.right} of {game.asked} right.", shapes, settings.SITE_URL + address]
    )


def _read_on(questions):
    """For each question the piece its answer links to: its own, else our review of its film; one query."""
    pieces = Article.objects.published().further_reading(
        [question.piece_id for question in questions], [question.film_id for question in questions]
    )
    by_number = {piece.pk: piece for piece in pieces}
    by_film = {piece.film_id: piece for piece in pieces if piece.half_stars}
    return lambda question: by_number.get(question.piece_id) or by_film.get(question.film_id)


def _rank(game):
    """The player's rank on the quiz's leaderboard; None for who stands on none. One query at most."""
    if not game.counts or game.player.naming != Player.Naming.SHOWN:
        return None
    better = Standing.objects.filter(board=board_of_quiz(game.quiz_id), points__gt=game.right)
    return better.count() + 1
