"""A ruling changes stored answers, scores, leaderboards, streaks and records in one transaction."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.factories import make_film, make_player, make_question, make_quiz, make_staff
from tests.test_every_page import with_player_cookie
from tests.trivia.test_reel import make_known_film, play
from trivia import attempts, reel_calendar, rulings, statistics
from trivia.leaderboards import ALL_TIME, board_of_quiz, leaders_on
from trivia.models import Answer, Attempt, Flag, LeaderboardRow, Play, Player, Puzzle, Question, Ruling
from trivia.streaks import calculate_streaks


@pytest.fixture
def questions(db):
    return [make_question(text=f"Question {number}?") for number in (1, 2, 3)]


@pytest.fixture
def quiz(questions):
    return make_quiz(questions=questions, slug="ten", title="Ten")


def answer_all(name, quiz, *texts):
    """A finished attempt of a player who answers with these texts in turn; "" passes a question over."""
    game = attempts.begin(make_player(name), quiz)
    for text in texts:
        asked = attempts.serve_next_question(game)
        chosen = asked.question.options.filter(text=text).first()
        typed = asked.question.kind == "typed"
        attempts.store_answer(game, asked, text if typed else str(chosen.pk) if chosen else "")
    return game


@pytest.fixture
def played(quiz):
    """Ana has 3 of 3, Bo 1 of 3 with Murnau as his first answer, Cy 2 of 3 with Pabst as hers."""
    lang, murnau, pabst = "Fritz Lang", "F. W. Murnau", "G. W. Pabst"
    return [
        answer_all("Ana", quiz, lang, lang, lang),
        answer_all("Bo", quiz, murnau, lang, ""),
        answer_all("Cy", quiz, pabst, lang, lang),
    ]


def rule(question=None, verdict="void", **fields):
    ruling = Ruling.objects.create(question=question, verdict=verdict, reason="We looked it up.", **fields)
    assert rulings.ruling_problem(ruling) is None
    rulings.apply(ruling)
    return ruling


def scores():
    return [(game.right_count, game.question_count) for game in Attempt.objects.order_by("pk")]


def board(name):
    return [(line.rank, line.name, line.points) for line in leaders_on(name)]


def test_marks_before_any_ruling(played, quiz):
    assert scores() == [(3, 3), (1, 3), (2, 3)]
    assert board(board_of_quiz(quiz.pk)) == [(1, "Ana", 3), (2, "Cy", 2), (3, "Bo", 1)]


def test_accepting_another_answer_changes_marks_and_scores(played, questions, quiz):
    ruling = rule(questions[0], "accept", right_answers="f. w. murnau")

    assert ruling.changed_count == 1
    assert scores() == [(3, 3), (2, 3), (2, 3)]
    assert board(ALL_TIME) == board(board_of_quiz(quiz.pk)) == [(1, "Ana", 3), (2, "Bo", 2), (2, "Cy", 2)]
    answer = Answer.objects.get(attempt=played[1], position=1)
    assert (answer.mark, answer.mark_before_ruling, answer.points_change, answer.ruling) == (
        "right",
        "wrong",
        1,
        ruling,
    )
    late = answer_all("Di", quiz, "F. W. Murnau", "", "")  # and it stays so
    assert late.right_count == 1


def test_a_wrong_key_changes_marks_and_scores(played, questions, quiz):
    ruling = rule(questions[0], "wrong_key", right_answers="F. W. Murnau")

    assert ruling.changed_count == 2
    assert scores() == [(2, 3), (2, 3), (2, 3)]
    assert board(ALL_TIME) == [(1, "Ana", 2), (1, "Bo", 2), (1, "Cy", 2)]
    assert [answer.points_change for answer in Answer.objects.filter(position=1).order_by("attempt")] == [
        -1,
        1,
        0,
    ]


def test_a_void_question_counts_for_nobody(played, questions, quiz):
    ruling = rule(questions[0], "void")

    assert ruling.changed_count == 3
    assert scores() == [(2, 2), (1, 2), (2, 2)]
    assert board(ALL_TIME) == [(1, "Ana", 2), (1, "Cy", 2), (3, "Bo", 1)]
    assert Question.objects.get(pk=questions[0].pk).status == "retired"


def test_an_upheld_key_changes_nothing(played, questions):
    assert rule(questions[0], "stands").changed_count == 0
    assert scores() == [(3, 3), (1, 3), (2, 3)]


def test_a_later_ruling_restores_the_marks(played, questions):
    before = scores(), board(ALL_TIME)
    rule(questions[0], "wrong_key", right_answers="F. W. Murnau")
    rule(questions[0], "wrong_key", right_answers="Fritz Lang")
    assert (scores(), board(ALL_TIME)) == before

    rule(questions[0], "void")
    rule(questions[0], "stands")
    assert (scores(), board(ALL_TIME)) == before


def test_a_ruling_applies_to_open_attempts(quiz, questions):
    game = attempts.begin(make_player("Ana"), quiz)
    attempts.store_answer(game, attempts.serve_next_question(game), "")
    rule(questions[1], "void")
    attempts.store_answer(game, attempts.serve_next_question(game), "")

    assert game.is_finished and (game.right_count, game.question_count) == (0, 2)
    rule(questions[1], "stands")  # nobody has answered it, so there is nothing to mark
    assert scores() == [(0, 2)]


def test_a_late_answer_stays_wrong(played, questions):
    Answer.objects.filter(attempt=played[1], position=1).update(is_late=True)

    assert rule(questions[0], "accept", right_answers="F. W. Murnau").changed_count == 0


def test_a_ruling_adds_a_spelling_to_a_typed_question(db):
    question = make_question(right="Wilhelm Murnau", wrong=())
    quiz = make_quiz(questions=[question, make_question(), make_question()])
    answer_all("Ana", quiz, "Plumpe", "", "")
    assert scores() == [(0, 3)]

    rule(question, "accept", right_answers="Plumpe\nF. W. Plumpe")
    assert scores() == [(1, 3)]

    rule(question, "wrong_key", right_answers="Fritz Lang")
    assert scores() == [(0, 3)]
    assert [option.text for option in question.options.all()] == ["Fritz Lang"]


def test_a_ruling_changes_the_right_order(db):
    question = make_question(kind="order")
    quiz = make_quiz(questions=[question, make_question(), make_question()])
    game = attempts.begin(make_player("Ana"), quiz)
    options = {option.text: str(option.pk) for option in question.options.all()}
    straight = ["G. W. Pabst", "Fritz Lang", "F. W. Murnau"]
    attempts.store_answer(
        game, attempts.serve_next_question(game), ",".join(options[text] for text in straight)
    )
    for _ in "23":
        attempts.store_answer(game, attempts.serve_next_question(game), "")

    rule(question, "wrong_key", right_answers="\n".join(straight))

    assert scores() == [(1, 3)]


@pytest.mark.parametrize(
    ("kind", "verdict", "right", "said"),
    [
        ("choice", "accept", "", "Write the right answers"),
        ("choice", "accept", "Nobody", "none of the question's answers"),
        ("choice", "wrong_key", "Fritz Lang\nG. W. Pabst", "name one"),
        ("order", "accept", "Fritz Lang", "Two orders cannot both be right"),
        ("order", "wrong_key", "Fritz Lang", "Give every step"),
        ("typed", "accept", "", "Write the right answers"),
    ],
)
def test_a_ruling_that_cannot_be_made_says_why(db, kind, verdict, right, said):
    question = make_question(kind=kind)

    assert said in rulings.ruling_problem(Ruling(question=question, verdict=verdict, right_answers=right))


def test_a_failed_ruling_changes_nothing(played, questions, monkeypatch):
    """After an error, right answers, marks, scores and leaderboards are unchanged."""
    before = (
        scores(),
        board(ALL_TIME),
        list(Answer.objects.values_list("pk", "mark", "mark_before_ruling", "ruling")),
    )
    monkeypatch.setattr(statistics, "recount", lambda questions: 1 / 0)
    ruling = Ruling.objects.create(question=questions[0], verdict="void", reason="It was not so.")

    with pytest.raises(ZeroDivisionError):
        rulings.apply(ruling)

    after = (
        scores(),
        board(ALL_TIME),
        list(Answer.objects.values_list("pk", "mark", "mark_before_ruling", "ruling")),
    )
    assert after == before
    assert Question.objects.get(pk=questions[0].pk).status == "live"


def test_the_record_of_the_question_follows(played, questions):
    statistics.count_new_answers()
    rule(questions[0], "wrong_key", right_answers="F. W. Murnau")

    record = Question.objects.get(pk=questions[0].pk).record
    assert (record.answer_count, record.right_count) == (3, 1)


def test_players_see_the_ruling(played, questions):
    rule(questions[0], "accept", right_answers="F. W. Murnau")
    bo = with_player_cookie(Client(), Player.objects.get(nickname="Bo"))

    text = bo.get(played[1].get_absolute_url()).content.decode()
    assert "A ruling has changed this since: +1." in text
    assert "We looked it up. It gave you a point." in text
    public = Client().get("/trivia/rulings/").content.decode().partition("<main")[2]
    assert "Question 1?" in public and "1 answer counted anew" in public
    # The reason is folded, because it may name the answer.
    assert public.index("<details") < public.index("We looked it up.") < public.index("</details>")


def test_players_see_lost_and_void_points(played, questions):
    rule(questions[0], "wrong_key", right_answers="F. W. Murnau")
    rule(questions[1], "void")
    ana = with_player_cookie(Client(), Player.objects.get(nickname="Ana"))

    text = ana.get(played[0].get_absolute_url()).content.decode()

    assert "It took a point from you." in text
    assert "Does not count" in text and "It took a point" in text


def test_flags_wait_for_the_ruling_that_answers_them(played, questions, client):
    flag = Flag.objects.create(question=questions[0], player=played[0].player, reason="wrong")
    desk = Client()
    desk.force_login(make_staff())
    queue = desk.get("/desk/trivia/question/?attention=flagged").content.decode()
    assert "Question 1?" in queue and "Question 2?" not in queue
    assert "Make a ruling" in desk.get("/desk/trivia/flag/").content.decode()
    form = desk.get(f"/desk/trivia/ruling/add/?question={questions[0].pk}").content.decode()
    assert "It has: Fritz Lang (right); F. W. Murnau; G. W. Pabst." in form
    for odd in ("x", "", "999999", "9" * 40):
        assert desk.get("/desk/trivia/ruling/add/", {"question": odd}).status_code == 200

    page = {
        "question": questions[0].pk,
        "verdict": "accept",
        "right_answers": "F. W. Murnau",
        "reason": "So it is.",
    }
    response = desk.post("/desk/trivia/ruling/add/", page, follow=True)

    assert "1 answers or games were marked anew" in response.content.decode()
    flag.refresh_from_db()
    assert flag.ruling == Ruling.objects.get()
    assert "Question 1?" not in desk.get("/desk/trivia/question/?attention=flagged").content.decode()
    assert "Another answer is right too" in desk.get("/desk/trivia/flag/").content.decode()
    assert scores()[1] == (2, 3)


def test_the_desk_refuses_an_impossible_ruling_and_stores_nothing(played, questions):
    desk = Client()
    desk.force_login(make_staff())
    for page, said in (
        (
            {"question": questions[0].pk, "verdict": "accept", "right_answers": "Nobody", "reason": "x"},
            "none of the",
        ),
        ({"verdict": "void", "reason": "x"}, "Choose the question or the day"),
    ):
        response = desk.post("/desk/trivia/ruling/add/", page)
        assert said in response.content.decode()
    assert not Ruling.objects.exists()


def test_a_ruling_cannot_be_changed(played, questions):
    ruling = rule(questions[0], "stands")
    desk = Client()
    desk.force_login(make_staff("administrator", is_superuser=True))

    desk.post(f"/desk/trivia/ruling/{ruling.pk}/change/", {"verdict": "void", "reason": "No."})
    assert desk.post(f"/desk/trivia/ruling/{ruling.pk}/delete/").status_code == 403
    assert Ruling.objects.get().verdict == "stands"


# The Daily Reel


@pytest.fixture
def puzzle(db):
    make_known_film("Metropolis")
    return reel_calendar.get_or_create_todays_puzzle()


def streak_of(player):
    return calculate_streaks(Puzzle.objects.results_of(player), timezone.localdate())


def test_accepting_another_film_wins_its_games(client, puzzle):
    remake = make_film(title="Metropolis Restored Otherwise")
    make_film(title="Laura")
    play(client, "Laura", "Metropolis Restored Otherwise", "", "")
    player = Player.objects.get()
    assert streak_of(player).current == 0

    ruling = rule(verdict="accept", puzzle=puzzle, film=remake)

    game = Play.objects.get()
    assert ruling.changed_count == 1 and (game.solved_on, len(game.guesses), game.is_over) == (2, 2, True)
    assert streak_of(player).current == 1
    assert "We looked it up." in client.get("/trivia/daily/").content.decode()
    other = Client()
    play(other, "Metropolis Restored Otherwise")  # and it stays so
    assert Play.objects.filter(solved_on=1).count() == 1


def test_a_game_is_won_by_the_earlier_accepted_guess(client, puzzle):
    remake = make_film(title="Metropolis Restored Otherwise")
    play(client, "Metropolis Restored Otherwise", "", "Metropolis")
    assert Play.objects.get().solved_on == 3

    rule(verdict="accept", puzzle=puzzle, film=remake)

    assert Play.objects.get().solved_on == 1
    assert rule(verdict="accept", puzzle=puzzle, film=remake).changed_count == 0


def test_a_void_day_neither_ends_a_streak_nor_lengthens_it(client, puzzle):
    play(client, *[""] * 6)
    player = Player.objects.get()
    won, void = (date(2020, 2, 3), False, True, 1), (date(2020, 2, 4), True, None, None)
    assert calculate_streaks([won, void], puzzle.day).played == 1
    assert streak_of(player).played == 1

    assert rule(verdict="void", puzzle=puzzle).changed_count == 1
    assert streak_of(player).played == 0
    assert rule(verdict="void", puzzle=puzzle).changed_count == 0
    assert rule(verdict="stands", puzzle=puzzle).changed_count == 1
    assert streak_of(player).played == 1


def test_a_streak_continues_over_a_void_day():
    first = date(2026, 1, 1)
    days = [(first + timedelta(days=number), False, True, 2) for number in range(10)]
    days[4] = (days[4][0], True, None, None)
    days[7] = (days[7][0], True, True, None)  # lost, on a day that does not count

    record = calculate_streaks(days, first + timedelta(days=9))

    assert (record.current, record.best, record.forgiven_days) == (8, 8, [])


def test_the_database_refuses_invalid_rulings(puzzle, questions):
    for fields in (
        {"question": questions[0], "puzzle": puzzle, "verdict": "void"},
        {"puzzle": puzzle, "verdict": "wrong_key"},
        {"puzzle": puzzle, "verdict": "accept"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ruling.objects.create(reason="x", **fields)


def test_str_of_every_model(played, questions):
    ruling = rule(questions[0], "stands")
    flag = Flag.objects.create(question=questions[0], reason="typo")

    assert str(ruling) == "Question 1?: It stands"
    assert str(flag) == "A slip of the pen: Question 1?"
    assert str(Question.objects.get(pk=questions[0].pk).record) == "1 of 3"
    assert LeaderboardRow.objects.exists()
