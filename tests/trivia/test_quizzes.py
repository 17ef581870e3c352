"""Quizzes: one question per page, the server's clock, one answer per question, no right answer shown early."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from films.models import FilmAlias
from tests.factories import (
    make_contributor,
    make_film,
    make_photo,
    make_player,
    make_question,
    make_quiz,
    make_review,
    make_staff,
    play_through,
)
from tests.test_every_page import with_player_cookie
from trivia import attempts, players
from trivia.choices import shuffled_choices
from trivia.marking import DELETED_OPTION, in_words, mark_of, right_answers
from trivia.models import Answer, Attempt, Option, Player, Question
from trivia.models.attempts import GRACE


@pytest.fixture
def quiz(db):
    return make_quiz(make_contributor(), slug="ten", title="Ten")


@pytest.fixture
def page(client, quiz):
    """The first question of an attempt that `client` has begun."""
    return client.post("/trivia/ten/", follow=True)


def chosen(page, text):
    """The POST data of the page for the choice with this text."""
    choices = {label: name for name, label in page.context["form"].fields["answer"].choices}
    return {"token": page.context["form"]["token"].value(), "answer": choices[text]}


def passed(page):
    return {"token": page.context["form"]["token"].value(), "pass": "1"}


def attempt_of(page):
    return page.context["attempt"]


# Playing


def test_a_whole_quiz_from_the_first_click_to_the_result(client, quiz):
    page = client.post("/trivia/ten/", follow=True)
    address = page.redirect_chain[0][0]
    for position, text in enumerate(["Fritz Lang", "G. W. Pabst", None], 1):
        assert f"Question {position} of 3" in page.content.decode()
        answered = client.post(address, chosen(page, text) if text else passed(page), follow=True)
        assert answered.redirect_chain == [(f"{address}{position}/", 302)]
        assert "Next question" in answered.content.decode() or position == 3
        page = client.get(address)

    text = page.content.decode()
    assert "1 of 3 right" in text and "Passed over" in text
    assert "cinemaCLIPS quiz “Ten”: 1 of 3 right.\n◆ □ □" in text
    game = Attempt.objects.get()
    assert (game.right_count, game.question_count, game.is_ranked) == (1, 3, True)


def test_a_question_reloaded_is_the_same_question(client, page):
    address = attempt_of(page).get_absolute_url()
    before = Answer.objects.get(position=1)

    again = client.get(address)

    after = Answer.objects.get(position=1)
    assert (before.served_at, before.nonce) == (after.served_at, after.nonce)
    names = [page.context["form"].fields["answer"].choices for page in (page, again)]
    assert names[0] == names[1]


def test_an_attempt_can_be_continued_days_later(client, page, monkeypatch):
    client.post(attempt_of(page).get_absolute_url(), chosen(page, "Fritz Lang"))
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr(timezone, "now", lambda: later)

    again = client.post("/trivia/ten/", follow=True)

    assert attempt_of(again) == attempt_of(page)
    assert again.context["answer"].position == 2


def test_a_second_attempt_is_not_ranked(client, quiz):
    player = make_player("Row F")
    play_through(player, quiz, right=1)
    play_through(player, quiz, right=3)

    first, second = Attempt.objects.order_by("pk")
    assert (first.is_ranked, second.is_ranked) == (True, False)
    assert [answer.is_first for answer in second.answers.all()] == [False] * 3
    assert player.leaderboard_rows.get(board=f"quiz {quiz.pk}").points == 1


def test_an_empty_answer_says_what_to_do_and_keeps_the_question(client, page):
    token = page.context["form"]["token"].value()

    response = client.post(attempt_of(page).get_absolute_url(), {"token": token})

    assert response.status_code == 422
    assert "Choose an answer, or pass." in response.content.decode()
    assert not Answer.objects.exclude(mark="").exists()


def test_the_answer_page_shows_right_answer_explanation_and_further_reading(client, db):
    film = make_film(title="M")
    review = make_review(film=film, title="The whistling")
    question = make_question(film=film, explanation="It was his first sound film.", source="The titles")
    make_quiz(questions=[question, make_question(text="2?"), make_question(text="3?")], slug="ten")
    page = client.post("/trivia/ten/", follow=True)

    answered = client.post(attempt_of(page).get_absolute_url(), chosen(page, "G. W. Pabst"), follow=True)

    text = answered.content.decode()
    for said in ("Wrong", "G. W. Pabst", "Fritz Lang", "It was his first sound film.", "Source: The titles"):
        assert said in text
    assert review.get_absolute_url() in text
    review.published_at = None
    review.save()
    assert review.get_absolute_url() not in client.get(answered.redirect_chain[0][0]).content.decode()


def test_a_retired_question_is_skipped_and_marked_void(client, page):
    answer = Answer.objects.get(position=2)
    Question.objects.filter(pk=answer.question_id).update(status="retired")
    address = attempt_of(page).get_absolute_url()
    client.post(address, chosen(page, "Fritz Lang"))
    third = client.get(address)
    client.post(address, chosen(third, "Fritz Lang"))

    assert third.context["answer"].position == 3
    game = Attempt.objects.get()
    assert (game.right_count, game.question_count) == (2, 2)


def test_a_quiz_whose_questions_are_all_retired_ends(client, page):
    Question.objects.update(status="retired")

    text = client.get(attempt_of(page).get_absolute_url()).content.decode()

    assert "0 of 0 right" in text


# Tokens and concurrent requests


@pytest.mark.parametrize("kind", ["choice", "true_false", "several"])
def test_the_page_does_not_depend_on_which_option_is_right(client, db, kind):
    question = make_question(right="True", wrong=("False",), kind=kind)
    make_quiz(questions=[question, make_question(text="2?"), make_question(text="3?")], slug="ten")
    address = client.post("/trivia/ten/")["Location"]
    client.get(address)
    with_token = signing.dumps(0)

    def without_token(response):
        token = response.context["form"]["token"].value()
        headers = {name: value for name, value in response.headers.items() if name not in OF_ONE_ANSWER}
        return response.content.replace(token.encode(), with_token.encode()), headers

    before = without_token(client.get(address))
    for option in question.options.all():
        Option.objects.filter(pk=option.pk).update(is_right=not option.is_right)
    assert without_token(client.get(address)) == before

    Option.objects.filter(text="False").update(text="Maybe")  # control: another text is noticed
    assert without_token(client.get(address)) != before


OF_ONE_ANSWER = ("ETag", "X-Request-ID")  # headers that two answers never have in common


def test_the_order_of_choices_differs_between_attempts(quiz):
    orders = set()
    for _ in range(200):
        game = Attempt(quiz=quiz)
        orders.add(tuple(option.text for _, option in shuffled_choices(game.secret, quiz.questions[0])))

    assert len(orders) == 6


def test_names_of_choices_reveal_nothing_and_differ_between_attempts(quiz):
    question = quiz.questions[0]
    names = [
        {name for name, _ in shuffled_choices(attempts.begin(make_player(), quiz).secret, question)}
        for _ in "ab"
    ]

    assert not names[0] & names[1]
    assert not names[0] & {str(option.pk) for option in question.options.all()}


def test_a_second_answer_is_refused_and_shows_the_first(client, page):
    address = attempt_of(page).get_absolute_url()
    client.post(address, chosen(page, "G. W. Pabst"))

    again = client.post(address, chosen(page, "Fritz Lang"))

    assert again.status_code == 409
    assert "The first answer counts." in again.content.decode()
    assert Answer.objects.get(position=1).mark == "wrong"


def test_forged_foreign_and_expired_tokens_are_refused(client, page, quiz, monkeypatch):
    address = attempt_of(page).get_absolute_url()
    other = Client().post("/trivia/ten/", follow=True)
    good = chosen(page, "Fritz Lang")
    answer = Answer.objects.get(attempt=attempt_of(page), position=1)
    guessed = signing.dumps([answer.attempt_id, 1, "x" * 32], salt=attempts.SALT)
    skipping = signing.dumps([answer.attempt_id, 3, ""], salt=attempts.SALT)

    for token in ("", "nonsense", good["token"] + "x", chosen(other, "Fritz Lang")["token"], guessed):
        response = client.post(address, good | {"token": token})
        assert response.status_code == 409, token
        assert "nothing was counted" in response.content.decode()
    assert client.post(address, good | {"token": skipping}).status_code in (409, 422)

    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: timezone.now().timestamp() + 90_000)
        late = client.post(address, good)
    assert late.status_code == 409 and "more than a day old" in late.content.decode()
    assert not Answer.objects.exclude(mark="").exists()

    assert client.post(address, good).status_code == 302  # control: a valid token is accepted


def test_an_answer_to_a_question_that_was_not_shown_is_refused(quiz):
    game = attempts.begin(make_player(), quiz)
    third = game.answers.get(position=3)

    with pytest.raises(attempts.AnswerRefused):
        attempts.store_answer(game, attempts.redeem_token(game, attempts.token_for(third)), "1")


def test_two_tabs_get_the_same_question(quiz):
    """Both requests have read the answer as not shown, before either of them stores that it is."""
    game = attempts.begin(make_player(), quiz)
    one, other = game.answers.get(position=1), game.answers.get(position=1)
    one.serve(0)
    other.serve(0)

    assert (one.nonce, one.served_at) == (other.nonce, other.served_at) and one.nonce


def test_the_database_allows_one_open_question_per_attempt(quiz):
    game = attempts.begin(make_player(), quiz)
    attempts.serve_next_question(game)

    with pytest.raises(IntegrityError):
        game.answers.filter(position=2).update(served_at=timezone.now())


def test_of_answers_sent_at_once_exactly_one_is_stored(quiz):
    """Four requests have all read the question as open, before the first of them stores an answer."""
    game = attempts.begin(make_player(), quiz)
    token = attempts.token_for(attempts.serve_next_question(game))
    open_for_all = [attempts.redeem_token(game, token) for _ in range(4)]
    right = str(game.answers.get(position=1).question.options.get(is_right=True).pk)

    attempts.store_answer(game, open_for_all[0], right)
    for late in open_for_all[1:]:
        with pytest.raises(attempts.AnswerRefused) as refused:
            attempts.store_answer(game, late, "1")
        assert refused.value.stored_answer.submission == right

    assert game.answers.get(position=1).mark == "right"


def test_two_clicks_on_play_begin_one_attempt(quiz, monkeypatch):
    """The second request comes after the first found no open attempt, and before it created one."""
    player, others = make_player(), []
    unpatched = attempts._questions_for

    def meanwhile(*args):
        monkeypatch.setattr(attempts, "_questions_for", unpatched)
        others.append(attempts.begin(player, quiz))
        return unpatched(*args)

    monkeypatch.setattr(attempts, "_questions_for", meanwhile)

    assert attempts.begin(player, quiz) == others[0]
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 3)


def test_an_attempt_is_private_to_its_player(client, page):
    address = attempt_of(page).get_absolute_url()

    for stranger in (Client(), with_player_cookie(Client(), make_player())):
        for path in (address, f"{address}1/", f"{address}1/flag/"):
            response = stranger.get(path)
            assert response.status_code == 404
            assert "not known here" in response.content.decode()
            assert stranger.post(path, {}).status_code != 200


def test_an_unpublished_quiz_is_a_404_for_its_players(client, page, quiz):
    quiz.published_at = None
    quiz.save()

    assert client.get(attempt_of(page).get_absolute_url()).status_code == 404
    assert client.post("/trivia/ten/").status_code == 404
    assert client.get("/trivia/ten/sheet/").status_code == 404
    staff = with_player_cookie(Client(), attempt_of(page).player)
    staff.force_login(make_staff())
    assert staff.get(attempt_of(page).get_absolute_url()).status_code == 200


def test_attempts_of_staff_before_publication_are_not_ranked(quiz):
    quiz.published_at = None
    quiz.save()
    staff = Client()
    staff.force_login(make_staff())

    staff.post("/trivia/ten/")

    assert not Attempt.objects.get().is_ranked


def test_attempts_are_limited_by_player_and_network(client, quiz, monkeypatch):
    monkeypatch.setattr("trivia.attempts.ATTEMPTS_AN_HOUR", 1)
    monkeypatch.setattr("trivia.players.NEW_PLAYERS_AN_HOUR", 1)
    client.post("/trivia/ten/")

    again = client.post("/trivia/ten/")
    other = Client().post("/trivia/ten/")

    assert again.status_code == other.status_code == 429
    assert "begun very many games" in again.content.decode()
    assert "new players" in other.content.decode()


def test_a_quiz_without_live_questions_begins_no_attempt(client, quiz):
    Question.objects.update(status="retired")

    response = client.post("/trivia/ten/")

    assert response.status_code == 409 and "nothing to ask" in response.content.decode()


# The clock


def begun_with_a_clock(client):
    return client.post("/trivia/ten/", {"clock": "20"}, follow=True)


def later(monkeypatch, **ahead):
    now = timezone.now() + timedelta(**ahead)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_there_is_no_clock_unless_the_player_wants_one(client, page):
    assert "seconds" not in page.content.decode().partition("<main")[2]
    assert Answer.objects.get(position=1).seconds_allowed == 0


@pytest.mark.parametrize(("seconds", "mark"), [(20, "right"), (21, "right"), (22, "wrong")])
def test_the_deadline_is_by_the_server_s_clock_with_some_grace(client, quiz, monkeypatch, seconds, mark):
    page = begun_with_a_clock(client)
    assert "You have 20 seconds left" in page.content.decode()
    served = Answer.objects.get(position=1).served_at
    monkeypatch.setattr(timezone, "now", lambda: served + timedelta(seconds=seconds))

    client.post(attempt_of(page).get_absolute_url(), chosen(page, "Fritz Lang"))

    answer = Answer.objects.get(position=1)
    assert (answer.mark, answer.is_late) == (mark, mark == "wrong")
    assert timedelta(seconds=1.5) == GRACE


def test_a_late_answer_is_shown_as_late(client, quiz, monkeypatch):
    page = begun_with_a_clock(client)
    later(monkeypatch, seconds=60)

    answered = client.post(attempt_of(page).get_absolute_url(), chosen(page, "Fritz Lang"), follow=True)

    assert "Too late" in answered.content.decode()


def test_time_can_be_extended_without_limit_and_without_cost(client, quiz, monkeypatch):
    page = begun_with_a_clock(client)
    address = attempt_of(page).get_absolute_url()
    token = page.context["form"]["token"].value()
    for _ in range(12):
        later(monkeypatch, seconds=25)
        again = client.post(address, {"token": token, "more": "1"}, follow=True)
        assert again.context["seconds_left"] in (20, 21)  # whole seconds
    client.post(address, chosen(page, "Fritz Lang"))

    assert Answer.objects.get(position=1).mark == "right"
    assert "Time is up" not in again.content.decode()


def test_a_reload_does_not_restart_the_clock(client, quiz, monkeypatch):
    page = begun_with_a_clock(client)
    later(monkeypatch, seconds=15)
    assert client.get(attempt_of(page).get_absolute_url()).context["seconds_left"] == 5
    later(monkeypatch, seconds=15)

    text = client.get(attempt_of(page).get_absolute_url()).content.decode()
    assert "Time is up. You can still take more." in text


def test_an_answer_is_stored_though_the_server_clock_was_set_back(client, page, monkeypatch):
    later(monkeypatch, hours=-1)

    client.post(attempt_of(page).get_absolute_url(), chosen(page, "Fritz Lang"))

    answer = Answer.objects.get(position=1)
    assert answer.mark == "right" and answer.answered_at == answer.served_at


def test_an_unknown_clock_means_no_clock(client, quiz):
    client.post("/trivia/ten/", {"clock": "1"})

    assert Attempt.objects.get().clock == 0


# Marking


def submission_of(question, *texts):
    options = {option.text: str(option.pk) for option in question.options.all()}
    return ",".join(options[text] for text in texts)


def test_a_choice_is_marked(db):
    question = make_question()
    assert mark_of(question, submission_of(question, "Fritz Lang")) == "right"
    assert mark_of(question, submission_of(question, "G. W. Pabst")) == "wrong"
    assert mark_of(question, "") == "wrong"


def test_several_choices_are_marked(db):
    question = make_question(kind="several", wrong=("B", "C"))
    question.options.filter(text="B").update(is_right=True)
    assert mark_of(question, submission_of(question, "Fritz Lang", "B")) == "right"
    for wrong in (["Fritz Lang"], ["Fritz Lang", "B", "C"], ["C"]):
        assert mark_of(question, submission_of(question, *wrong)) == "wrong"


def test_an_order_is_marked(db):
    question = make_question(kind="order")
    right = ["Fritz Lang", "F. W. Murnau", "G. W. Pabst"]
    assert right_answers(question) == right
    assert mark_of(question, submission_of(question, *right)) == "right"
    assert mark_of(question, submission_of(question, *reversed(right))) == "wrong"


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("Fritz Lang", "right"), ("fritz lang", "right"), ("  FRITZ   LANG!", "right"), ("Fritz Lnag", "right"),
        ("Lang", "wrong"), ("Fritz", "wrong"), ("", "wrong"), ("???", "wrong"), ("Fritz Kortner", "wrong"),
    ],
)  # fmt: skip
def test_a_typed_answer_is_marked(db, typed, mark):
    assert mark_of(make_question(wrong=()), typed) == mark


def test_a_film_may_be_typed_by_any_of_its_names(db):
    film = make_film(title="Bicycle Thieves", original_title="Ladri di biciclette")
    FilmAlias.objects.create(film=film, title="The Bicycle Thief")
    question = make_question(right="Bicycle Thieves", wrong=())

    for name in ("bicycle thieves", "Ladri di biciclette", "bicycle theif"):
        assert mark_of(question, name) == "right", name
    assert mark_of(question, "Rome, Open City") == "wrong"


def test_figures_in_a_typed_answer_must_be_equal(db):
    assert mark_of(make_question(right="1927", wrong=()), "1928") == "wrong"
    assert mark_of(make_question(right="Apollo 13", wrong=()), "Apollo 18") == "wrong"
    assert mark_of(make_question(right="Twelve", wrong=()), "12") == "right"


def test_a_deleted_option_is_named_as_such(db):
    question = make_question()
    assert in_words(question, "999999") == [DELETED_OPTION]
    assert in_words(question, "") == []
    assert in_words(make_question(wrong=()), "Lnag") == ["Lnag"]


@pytest.mark.parametrize("kind", ["several", "typed", "order", "true_false"])
def test_every_kind_is_asked_and_answered_through_the_page(client, db, kind):
    asked = {
        "several": {"kind": "several"}, "order": {"kind": "order"}, "typed": {"wrong": ()},
        "true_false": {"right": "True", "wrong": ("False",), "kind": "true_false"},
    }[kind]  # fmt: skip
    make_quiz(
        questions=[make_question(**asked), make_question(text="2?"), make_question(text="3?")], slug="ten"
    )
    page = client.post("/trivia/ten/", follow=True)
    form, address = page.context["form"], attempt_of(page).get_absolute_url()
    data = {"token": form["token"].value()}
    places = {option.text: str(option.order) for option in form.options.values()}
    right = {
        "several": lambda: {"answer": [name for name, option in form.options.items() if option.is_right]},
        "typed": lambda: {"answer": "fritz lang"},
        "true_false": lambda: {"answer": next(n for n, option in form.options.items() if option.is_right)},
        "order": lambda: {f"position_{name}": places[option.text] for name, option in form.options.items()},
    }[kind]()
    empty = client.post(address, data)
    client.post(address, data | right)

    assert empty.status_code == 422
    assert Answer.objects.get(position=1).mark == "right"


def test_two_steps_of_an_order_cannot_share_a_place(client, db):
    make_quiz(questions=[make_question(kind="order"), make_question(), make_question()], slug="ten")
    page = client.post("/trivia/ten/", follow=True)
    form = page.context["form"]
    data = {f"position_{name}": "1" for name in form.options} | {"token": form["token"].value()}

    response = client.post(attempt_of(page).get_absolute_url(), data)

    assert response.status_code == 422
    assert "a place of its own" in response.content.decode()


def test_true_comes_before_false_in_every_attempt(db):
    question = make_question(right="False", wrong=("True",), kind="true_false")
    quiz = make_quiz(questions=[question, make_question(text="2?"), make_question(text="3?")])
    for _ in range(8):
        game = attempts.begin(make_player(), quiz)
        assert [option.text for _, option in shuffled_choices(game.secret, question)] == [
            "True",
            "False",
        ]


# Three questions on a film


@pytest.fixture
def film(db):
    film = make_film(title="M", slug="m-1931")
    for number, difficulty in enumerate([3, 1, 2, 1], 1):
        make_question(text=f"M {number}?", film=film, difficulty=difficulty)
    return film


def test_a_review_ends_with_three_questions_on_its_film(client, film):
    review = make_review(film=film, slug="m")
    text = client.get("/reviews/m/").content.decode()

    assert "Three questions about this film" in text
    assert text.index("M 2?") < text.index("M 4?") < text.index("M 3?")
    assert "M 1?" not in text
    review.film = make_film()
    review.save()
    assert "about this film" not in client.get("/reviews/m/").content.decode()


def test_three_questions_are_played_like_a_quiz_with_new_ones_first(client, film):
    page = client.post("/trivia/on/m-1931/", follow=True)
    address = attempt_of(page).get_absolute_url()
    for _ in range(3):
        client.post(address, passed(client.get(address)))
    assert "questions on M (1950): 0 of 3 right" in client.get(address).content.decode()

    again = client.post("/trivia/on/m-1931/", follow=True)

    assert again.context["answer"].question.text == "M 1?"
    assert not Attempt.objects.filter(is_ranked=True).exists()


def test_a_film_without_questions_has_no_page_to_play(client, db):
    make_film(slug="silent")
    assert client.get("/trivia/on/silent/").status_code == 404
    assert client.post("/trivia/on/silent/").status_code == 404 or not Attempt.objects.exists()


# On paper


def test_the_sheet_has_questions_without_answers(client, quiz):
    question = quiz.questions[0]
    Question.objects.filter(pk=question.pk).update(explanation="Because.", photo=make_photo())
    text = client.get("/trivia/ten/sheet/").content.decode()

    assert all(option.text in text for option in question.options.all())
    assert "Because." not in text


def test_the_answer_sheet_is_for_players_who_have_finished_and_for_staff(client, quiz):
    player = make_player()
    with_player_cookie(client, player)
    assert "for those who have played" in client.get("/trivia/ten/sheet/answers/").content.decode()

    play_through(player, quiz)
    text = client.get("/trivia/ten/sheet/answers/").content.decode()
    assert text.count("Fritz Lang") == 3
    staff = Client()
    staff.force_login(make_staff())
    assert "Fritz Lang" in staff.get("/trivia/ten/sheet/answers/").content.decode()


def test_sheet_and_answer_sheet_have_the_same_letters(client, quiz):
    player = make_player()
    play_through(player, quiz)
    questions = client.get("/trivia/ten/sheet/").context["questions"]
    answers = with_player_cookie(client, player).get("/trivia/ten/sheet/answers/").context["questions"]

    for asked, answered in zip(questions, answers, strict=True):
        letter = next(letter for letter, text in asked.choices if text == "Fritz Lang")
        assert answered.right_answers == [f"{letter}: Fritz Lang"]


# Flags


def test_a_player_flags_a_question_once(client, page):
    address = attempt_of(page).get_absolute_url()
    assert client.get(f"{address}1/flag/").status_code == 404  # not before it is answered
    client.post(address, passed(page))

    first = client.post(f"{address}1/flag/", {"reason": "also", "note": "Look it up."})
    second = client.post(f"{address}1/flag/", {"reason": "wrong"})

    assert first.status_code == 302 and second.status_code == 422
    assert "You have told us already" in second.content.decode()
    flag = Answer.objects.get(position=1).question.flags.get()
    assert (flag.reason, flag.note, flag.player) == ("also", "Look it up.", attempt_of(page).player)
    assert client.post(f"{address}1/flag/", {"reason": "nonsense"}).status_code == 422


def test_a_flag_cannot_name_another_question(client, page):
    address = attempt_of(page).get_absolute_url()
    other = make_question(text="Untouched?")
    client.post(address, passed(page))

    client.post(f"{address}1/flag/", {"reason": "wrong", "question": other.pk, "player": make_player().pk})

    assert not other.flags.exists()


# Purging


def test_a_player_of_a_recent_quiz_is_not_purged(quiz, monkeypatch):
    play_through(make_player(), quiz)
    later(monkeypatch, days=399)
    assert players.purge_inactive_players(timezone.now()) == 0
    later(monkeypatch, days=2)

    assert players.purge_inactive_players(timezone.now()) > 0
    assert not Player.objects.exists() and not Attempt.objects.exists()


def test_str_of_every_model(quiz):
    game = play_through(make_player("Row F"), quiz, right=1)

    assert str(game) == "Ten: 1 of 3"
    assert str(game.answers.first()) == "1: right"
    assert str(quiz.quiz_questions.first()) == str(quiz.questions[0])
    assert str(game.player) == "Row F" and str(game.player.leaderboard_rows.first()) == "Row F: 1"
