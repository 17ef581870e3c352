"""
Measures the pages of trivia with 100,000 questions and 1,000,000 answers (`make bench`).

As in `bench/pages.py`: the CPU time of the process for each request without the page cache, compared with an
empty Django view in the same run, and the number of queries. Both have a limit. After that it measures a
batch of statistics, and a ruling on a question that every tenth attempt has answered.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


from django.core import signing
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.pages import load, measure_uncached  # first: it readies Django
from trivia import attempts, players, reel_calendar, rulings, statistics
from trivia.leaderboard_points import update_leaderboards
from trivia.models import Answer, Attempt, Option, Play, Player, Question, Quiz, Ruling

QUESTIONS, PLAYERS, NAMED, QUIZZES, ASKED, REQUESTS, BATCH_SIZE = 100_000, 20_000, 5_000, 5, 10, 40, 20_000
LIMIT, QUERIES = 20.0, 6
PUBLIC_PAGES = {
    "/trivia/": "front",
    "/trivia/quizzes/": "",
    "/trivia/leaderboards/": "",
    "/trivia/nickname/": "",
    "/trivia/rulings/": "",
    "/trivia/sources/": "",
    "/trivia/on/metropolis-1927/": "",
}
SQL = {
    "questions": """
        INSERT INTO trivia_question (kind, text, text_key, photo_alt, explanation, film_id, difficulty,
            source, source_url, author, licence, status, added_at)
        SELECT kind, text || ' (' || number || ')', text_key || ' ' || number, '', explanation, film_id,
            number % 3 + 1, source, '', 'Author ' || (number % 40), 'cc0', 'live', added_at
        FROM trivia_question model JOIN copies ON model.id = copies.model""",
    "options": """
        INSERT INTO trivia_option (question_id, text, is_right, is_accepted, "order")
        SELECT id, 'Answer ' || place, place = 1, 0, place
        FROM trivia_question, (SELECT 1 place UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)
        WHERE author LIKE 'Author %'""",
}


def fill() -> None:
    """Load the demo magazine; add 100,000 questions and 1,000,000 answers."""
    call_command("setup", verbosity=0)
    load("a bench password")
    reel_calendar.create_coming_puzzles()
    models = list(Question.objects.filter(kind="choice").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copies (number INTEGER PRIMARY KEY, model)")
        rows = [(number, models[number % len(models)]) for number in range(QUESTIONS)]
        cursor.executemany("INSERT INTO copies VALUES (%s, %s)", rows)
        for statement in SQL.values():
            cursor.execute(statement)
    _create_players()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _create_players() -> None:
    """Create 20,000 players with five attempts of ten answers each; every fourth has a nickname."""
    players = Player.objects.bulk_create(
        Player(
            nickname=f"Player {number}" if number < NAMED else "",
            nickname_status="shown" if number < NAMED else "",
        )
        for number in range(PLAYERS)
    )
    questions = list(Question.objects.order_by("-pk").values_list("pk", flat=True))
    right = dict(Option.objects.filter(is_right=True).values_list("question", "pk"))
    now = timezone.now()
    unsaved = _attempts(players, now)
    for start in range(0, len(unsaved), BATCH_SIZE):
        batch = Attempt.objects.bulk_create(unsaved[start : start + BATCH_SIZE], batch_size=2_000)
        Answer.objects.bulk_create(_answers(batch, start, questions, right, now), batch_size=2_000)
    update_leaderboards([player.pk for player in players[:NAMED]])


def _attempts(players: list[Player], now: datetime) -> list[Attempt]:
    """One finished attempt at each of five quizzes for every player, not saved yet."""
    quizzes = list(Quiz.objects.published().order_by("pk")[:QUIZZES])
    return [
        Attempt(
            player=player, quiz=quiz, is_ranked=True, question_count=ASKED,
            right_count=(number + at) % 11, finished_at=now,
        )
        for number, player in enumerate(players)
        for at, quiz in enumerate(quizzes)
    ]  # fmt: skip


def _answers(
    some: list[Attempt], start: int, questions: list[int], right: dict[int, int], now: datetime
) -> Iterator[Answer]:
    """Ten answers for each attempt; every tenth attempt begins with the same question."""
    for number, attempt in enumerate(some, start):
        for position in range(1, ASKED + 1):
            # Spread over the bank, and never the same question twice in one attempt.
            question = questions[(number * ASKED + position) % QUESTIONS]
            question = questions[0] if position == 1 and number % 10 == 0 else question
            is_right = position <= attempt.right_count
            yield Answer(
                attempt=attempt, question_id=question, position=position, served_at=now, answered_at=now,
                submission=str(right[question] + (not is_right)), mark="right" if is_right else "wrong",
                is_first=True, is_counted=True,
            )  # fmt: skip


def pages(client: Client) -> dict[str, str]:
    """
    Map the URL path of each page to its name in the report ("" where the path says enough).

    Some pages belong to one player, as whom `client` plays, with an open attempt and a finished one.
    """
    player = Player.objects.order_by("-pk")[0]
    client.cookies[players.COOKIE] = signing.dumps(player.code, salt=players.SALT)
    return PUBLIC_PAGES | _quiz_pages(player) | _reel_pages(player)


def _quiz_pages(player: Player) -> dict[str, str]:
    finished = player.attempts.all()[0]
    open_game = attempts.begin(player, Quiz.objects.published().order_by("-pk")[0])
    assert open_game
    first_question = attempts.serve_next_question(open_game)
    assert first_question
    attempts.store_answer(open_game, first_question, "")
    attempts.serve_next_question(open_game)
    assert finished.quiz
    quiz_path, attempt_path = finished.quiz.get_absolute_url(), open_game.get_absolute_url()
    return {
        quiz_path: "quiz with its leaderboard",
        f"{quiz_path}sheet/": "",
        f"{quiz_path}sheet/answers/": "",
        attempt_path: "the open question",
        f"{attempt_path}1/": "an answer",
        f"{attempt_path}1/flag/": "a flag",
        finished.get_absolute_url(): "a result",
    }


def _reel_pages(player: Player) -> dict[str, str]:
    puzzle = reel_calendar.get_or_create_todays_puzzle()
    assert puzzle
    play = Play.objects.create(
        player=player, puzzle=puzzle, on_time=True, guesses=[""] * 6, guesses_made=6,
        finished_at=timezone.now(),
    )  # fmt: skip
    return {
        play.puzzle.get_absolute_url(): "the Daily Reel, played",
        "/trivia/daily/archive/": "",
        "/trivia/daily/restore/": "",
        "/trivia/daily/titles/?q=metropolsi": "",
    }


def cpu_milliseconds(act: Callable[[], object]) -> float:
    before = process_time()
    act()
    return (process_time() - before) * 1000


def background_costs() -> Iterator[tuple[str, float]]:
    """Yield (what was done, CPU milliseconds) for a batch of statistics and for a ruling."""
    popular = Question.objects.order_by("-pk")[0]
    Answer.objects.filter(pk__in=Answer.objects.order_by("-pk").values("pk")[: statistics.BATCH_SIZE]).update(
        is_counted=False
    )
    ruling = Ruling.objects.create(question=popular, verdict="void", reason="For the measure.")
    yield f"a batch of {statistics.BATCH_SIZE} answers", cpu_milliseconds(statistics.count_new_answers)
    yield f"a ruling on {popular.answers.count()} answers", cpu_milliseconds(lambda: rulings.apply(ruling))


def main() -> None:
    fill()
    over = measure_uncached(pages, REQUESTS, LIMIT, QUERIES)
    for name, cost in background_costs():
        print(f"{name:45} {cost:7.0f} ms")
    print(
        f"{Question.objects.count()} questions, {Answer.objects.count()} answers, {REQUESTS} requests each."
    )
    sys.exit(f"Over {LIMIT} ms or {QUERIES} queries: {', '.join(over)}" if over else 0)


if __name__ == "__main__":
    main()
