"""The Daily Reel: one puzzle per day in the site's time zone, played without an account; clues reveal no title."""

import json
import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from films.models import Genre
from films.titles import folded
from tests.cinemaclips.test_desk_hostile_input import ODD
from tests.factories import (
    make_credit,
    make_fact,
    make_film,
    make_person,
    make_photo,
    make_review,
    make_staff,
)
from trivia import reel_calendar
from trivia.clues import clues_for, has_title_word
from trivia.daily_game import share_text
from trivia.jobs import prepare_puzzles, purge_players
from trivia.models import CLUES, Clue, Play, Player, Puzzle, Ruling
from trivia.players import player_by_code
from trivia.streaks import calculate_streaks

TODAY = "/trivia/daily/"


def make_known_film(title="Metropolis", **fields):
    """A film with enough records for six clues."""
    film = make_film(title=title, runtime=153, countries="Germany", aspect_ratio="1.33:1", **fields)
    film.genres.add(Genre.objects.get_or_create(name="Drama", slug="drama")[0])
    for role, name, character in (
        (1, "Lang", ""),
        (3, "Helm", "Maria"),
        (3, "Abel", "Joh"),
        (4, "Freund", ""),
        (6, "Huppertz", ""),
    ):
        make_credit(
            film=film, person=make_person(name=f"{name} of film {film.pk}"), role=role, character=character
        )
    return film


@pytest.fixture
def film(db):
    return make_known_film()


@pytest.fixture
def puzzle(film):
    return reel_calendar.get_or_create_todays_puzzle()


def play(client, *titles, path=TODAY):
    """Guess these titles one after another, each from the current page; "" takes the next clue."""
    for title in titles:
        page = client.get(path)
        data = {"guesses_seen": page.context["form"]["guesses_seen"].value(), "title": title} | (
            {} if title else {"pass": "1"}
        )
        response = client.post(page.context["puzzle"].get_absolute_url(), data)
    return response


@pytest.fixture
def clock(monkeypatch):
    """Set the clock: `clock(moment)`, with a zone."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


# Clues


def test_there_are_six_clues_from_hard_to_easy_without_the_title(film):
    make_fact(film=film, text="A print lay in Buenos Aires.")
    make_fact(film=film, text="Metropolis was dear.")
    clues = clues_for(film)

    assert len(clues) == CLUES
    assert clues[0].startswith("Filed under drama; made in Germany")
    assert clues[-1].startswith("Directed by Lang")
    assert "A print lay in Buenos Aires." in clues
    assert not any(has_title_word(clue, film) for clue in clues)
    film.countries = "France, United States"
    assert "made in France and the United States." in clues_for(film)[0]


def test_a_clue_that_names_the_film_is_left_out(db):
    film = make_known_film("Laura")
    make_credit(film=film, person=make_person(name="Gene Laura Tierney"), role=1)
    assert not any("laura" in folded(clue) for clue in clues_for(film))
    assert has_title_word("He is called M, they say.", make_film(title="It")) is False
    assert has_title_word("Is it so?", make_film(title="It"))
    assert has_title_word("Un chien", make_film(title="Dog", original_title="Le chien"))


def test_a_film_with_few_records_has_no_puzzle(db):
    film = make_film(title="M", year=1931)
    film.genres.add(Genre.objects.create(name="Drama", slug="drama"))
    make_credit(film=film, role=3, character="")
    assert clues_for(film) is None
    assert reel_calendar.get_or_create_todays_puzzle() is None and reel_calendar.create_coming_puzzles() == 0
    page = Client().get(TODAY)
    assert "There is no reel today" in page.content.decode()
    assert Client().post(TODAY, {"guesses_seen": 0, "title": "M"}).status_code == 200


# The calendar


def test_puzzles_are_created_for_thirty_days_with_different_films(db):
    for number in range(8):
        make_known_film(f"Alphaville {number}")
    assert reel_calendar.create_coming_puzzles() == 31
    assert reel_calendar.create_coming_puzzles() == 0
    puzzles = list(Puzzle.objects.all())
    assert [each.number for each in puzzles] == list(range(1, 32))
    for at in range(24):
        assert len({each.film_id for each in puzzles[at : at + 8]}) == 8
    assert all(each.clues.count() == CLUES for each in puzzles)


def test_two_requests_at_once_create_one_puzzle(film, monkeypatch):
    made = reel_calendar._films_for
    monkeypatch.setattr(
        reel_calendar, "_films_for", lambda day: (reel_made_elsewhere(day, film), made(day))[1]
    )
    assert reel_calendar.get_or_create_todays_puzzle().number == 1
    assert Puzzle.objects.count() == 1


def reel_made_elsewhere(day, film):
    puzzle = Puzzle.objects.create(day=day, number=1, film=film)
    reel_calendar.set_clues(puzzle, clues_for(film))


ZONES = [
    "America/Phoenix",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kolkata",
]


@pytest.mark.parametrize("zone", ZONES)
def test_puzzle_numbers_follow_the_calendar_through_clock_changes(zone, film, clock, settings):
    settings.TIME_ZONE = zone
    here = zoneinfo.ZoneInfo(zone)
    first = date(2026, 1, 1)
    noons = [datetime(2026, 1, 1, 12, tzinfo=here) + timedelta(days=ahead) for ahead in range(366)]
    changes = [ahead for ahead in range(1, 366) if noons[ahead].utcoffset() != noons[ahead - 1].utcoffset()]
    near = {ahead + off for ahead in changes for off in range(-2, 3)}
    for ahead in sorted({*range(0, 366, 14), 365, *near}):
        day = first + timedelta(days=ahead)
        for hour, minute in ((0, 0), (2, 30), (23, 59)):
            clock(datetime(day.year, day.month, day.day, hour, minute, tzinfo=here).astimezone(UTC))
            assert reel_calendar.get_or_create_todays_puzzle().number == ahead + 1
            assert reel_calendar.get_or_create_todays_puzzle().day == day


def test_a_utc_day_would_begin_at_the_wrong_time(film, clock):
    """Negative control: for seven hours of a UTC day, it is still the day before in Phoenix."""
    clock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
    puzzle = reel_calendar.get_or_create_todays_puzzle()
    assert puzzle.day == date(2026, 11, 21) != timezone.now().date()


def test_a_future_puzzle_is_a_404(puzzle, client):
    reel_calendar.create_coming_puzzles()
    assert client.get(f"/trivia/daily/{puzzle.number}/").status_code == 200
    assert client.get(f"/trivia/daily/{puzzle.number + 1}/").status_code == 404
    assert client.get("/trivia/daily/0/").status_code == 200  # there is no number 0; it shows today's
    assert client.get("/trivia/daily/archive/").content.decode().count("Number ") == 1


# Playing


def test_a_game_is_played_from_the_first_clue_to_the_last(puzzle, client):
    for number in range(5):
        make_film(title=f"Wrong {number}")
    titles = ["Wrong 0", "wrong 1", "", "Wrong 3", "Wrong 4"]
    for seen, title in enumerate(titles):
        page = client.get(TODAY)
        assert [clue.position for clue in page.context["clues"]] == list(range(1, seen + 2))
        response = play(client, title)
        assert (response.status_code, response.url) == (302, "/trivia/daily/1/")
    response = client.get(TODAY)
    assert [(guess.title, guess.mark) for guess in response.context["guesses"]][2] == ("Next clue", "passed")
    play(client, "METROPOLIS!")
    page = client.get(TODAY)

    assert (page.context["play"].solved_on, page.context["over"]) == (6, True)
    assert "It was" in page.content.decode() and "Got it on clue 6" in page.content.decode()
    assert page.context["record"][:2] == (1, 1) and page.context["record"].current == 1


def test_six_wrong_guesses_end_the_game(puzzle, client):
    play(client, *[""] * 6)
    page = client.get(TODAY).content.decode()

    assert "Not this time" in page and "It was" in page
    assert "not in 6 clues." in page
    assert client.post("/trivia/daily/1/", {"guesses_seen": 6, "title": "Metropolis"}).status_code == 302
    assert Play.objects.get().solved_on is None


def test_the_answer_is_in_no_response_before_the_end(puzzle, client, film):
    make_review(title="On Metropolis", film=film)
    answers = [client.get(TODAY)]
    for seen in range(CLUES - 1):
        answers.append(client.post("/trivia/daily/1/", {"guesses_seen": seen, "title": "", "pass": "1"}))
        answers.append(client.get(TODAY))
    answers += [
        client.get("/trivia/daily/archive/"),
        client.get("/trivia/"),
        client.get("/trivia/daily/restore/"),
    ]
    for answer in answers:
        said = (answer.content.decode() + str(answer.headers) + str(answer.cookies)).lower()
        assert "metropolis" not in said and film.slug not in said
    assert (
        "metropolis" in play(client, "").wsgi_request.path
        or "metropolis" in client.get(TODAY).content.decode().lower()
    )


def test_the_page_of_an_open_game_depends_only_on_the_clues_shown(client, film):
    puzzle = reel_calendar.get_or_create_todays_puzzle()
    before = client.get(TODAY).content
    other = make_film(title="Another title, and a longer one")
    Puzzle.objects.filter(pk=puzzle.pk).update(film=other)
    assert client.get(TODAY).content == before


def test_a_double_click_and_a_second_tab_count_once(puzzle, client):
    make_film(title="Wrong")
    play(client, "")
    old = {"guesses_seen": 1, "title": "Wrong"}
    assert client.post("/trivia/daily/1/", old).status_code == 302
    again = client.post("/trivia/daily/1/", old)
    assert again.status_code == 409 and "older than your game" in again.content.decode()
    assert Play.objects.get().guesses_made == 2
    game = Play.objects.get()
    assert game.add_guess("Late", right=True, guesses_seen=1, now=timezone.now()) is False


def test_a_guess_that_another_tab_preceded_is_refused_with_a_message(puzzle, client, monkeypatch):
    play(client, "")
    monkeypatch.setattr(Play, "add_guess", lambda *_, **__: False)
    response = client.post("/trivia/daily/1/", {"guesses_seen": 1, "title": "", "pass": "1"})
    assert response.status_code == 409 and "older than your game" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"guesses_seen": 0, "title": ""}, 422, "Write a title, or take the next clue."),
        ({"guesses_seen": "x", "title": "M"}, 422, "enter a whole number"),
        ({"title": "M"}, 422, "guesses_seen"),
        ({"guesses_seen": 0, "title": "xyzzy plugh"}, 409, "We know no film called “xyzzy plugh”."),
    ],
)
def test_an_invalid_guess_does_not_count(puzzle, client, data, status, sentence):
    response = client.post("/trivia/daily/1/", data)

    assert response.status_code == status
    if sentence != "guesses_seen":
        assert (
            sentence.lower() in response.content.decode().lower()
            or response.context["form"].is_bound is False
        )
    assert not Play.objects.filter(guesses_made__gt=0).exists()


def test_a_repeated_guess_does_not_count_and_keeps_the_text(puzzle, client):
    make_film(title="Wrong", year=1950)
    play(client, "Wrong")
    response = client.post("/trivia/daily/1/", {"guesses_seen": 1, "title": "wrong"})

    assert "You have tried Wrong (1950) already." in response.content.decode()
    assert 'value="wrong"' in response.content.decode()


def test_a_remake_with_the_same_title_counts_as_the_answer(client, db):
    make_film(title="King Kong", year=2005)
    film = make_known_film("King Kong", slug="king-kong-1933")
    puzzle = reel_calendar.get_or_create_todays_puzzle()
    assert puzzle.film == film
    play(client, "king kong")
    assert Play.objects.get().solved_on == 1


def test_a_game_begun_before_midnight_counts_for_its_day(film, client, clock):
    clock(datetime(2026, 3, 7, 6, 59, tzinfo=UTC))  # 23:59 in Phoenix
    play(client, "")
    clock(datetime(2026, 3, 7, 7, 1, tzinfo=UTC))
    client.post("/trivia/daily/1/", {"guesses_seen": 1, "title": "Metropolis"})
    game = Play.objects.get()

    assert (game.on_time, game.solved_on, game.puzzle.day) == (True, 2, date(2026, 3, 6))
    assert client.get(TODAY).context["puzzle"].number == 2
    assert client.get("/trivia/daily/1/").context["record"].current == 1


def test_a_game_from_the_archive_does_not_change_the_streak(film, client, clock):
    clock(datetime(2026, 3, 7, 20, tzinfo=UTC))
    reel_calendar.get_or_create_todays_puzzle()
    clock(datetime(2026, 3, 8, 20, tzinfo=UTC))
    play(client, "Metropolis", path="/trivia/daily/1/")
    page = client.get("/trivia/daily/1/")

    assert page.context["record"][:2] == (0, 0)
    assert "counts for no streak" in page.content.decode()
    assert "streak" not in share_text(Play.objects.get(), 5)


# Players and codes


def test_reading_sets_no_cookie_and_a_restore_code_carries_the_streak(puzzle, client):
    assert not client.get(TODAY).cookies
    play(client, "Metropolis")
    cookie = client.cookies["player"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    code = Player.objects.get().formatted_code

    phone = Client()
    assert phone.get("/trivia/daily/restore/").status_code == 200
    response = phone.post(
        "/trivia/daily/restore/", {"code": code.lower().replace("0", "o").replace("1", "l")}
    )
    assert response.url == TODAY
    assert phone.get(TODAY).context["over"]
    assert code in phone.get("/trivia/daily/restore/").content.decode()


def test_a_player_can_delete_all_data(puzzle, client):
    assert client.post("/trivia/daily/restore/", {"forget": "1"}).status_code == 302
    play(client, "Metropolis")
    response = client.post("/trivia/daily/restore/", {"forget": "1"})

    assert response.cookies["player"]["max-age"] == 0
    assert not Player.objects.exists() and not Play.objects.exists()
    assert client.get(TODAY).context["player"] is None


def test_inactive_players_are_purged(puzzle, client):
    now = timezone.now()
    play(client, "")
    Player.objects.create(created_on=(now - timedelta(days=500)).date())
    Player.objects.create()
    purge_players()
    assert Player.objects.count() == 2

    Player.objects.update(created_on=(now - timedelta(days=500)).date())
    Play.objects.update(began_at=now - timedelta(days=399))
    purge_players()
    assert Player.objects.get() == Play.objects.get().player


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "nonsense", "x" * 50, ""])
def test_an_unknown_restore_code_shows_an_error(db, code):
    response = Client().post("/trivia/daily/restore/", {"code": code})
    assert response.status_code == 422 and not response.cookies
    assert player_by_code("") is None


@pytest.mark.parametrize("value", ["nonsense", "abc:def:ghi", ""])
def test_a_forged_cookie_is_ignored(puzzle, client, value):
    client.cookies["player"] = value
    assert client.get(TODAY).context["player"] is None


def test_new_players_are_limited_by_network(puzzle, monkeypatch):
    monkeypatch.setattr("trivia.players.NEW_PLAYERS_AN_HOUR", 2)
    for expected in (302, 302, 429):
        response = Client().post("/trivia/daily/1/", {"guesses_seen": 0, "title": "", "pass": "1"})
        assert response.status_code == expected
    assert "Too many new players" in response.content.decode()


def test_suggestions_contain_titles_of_all_films(puzzle, client):
    make_film(title="Metropole", year=1950)
    words, titles = json.loads(client.get("/trivia/daily/titles/?q=metrop").content)
    assert words == "metrop" and set(titles) == {"Metropolis (1950)", "Metropole (1950)"}
    assert json.loads(client.get("/trivia/daily/titles/?q= ").content)[1] == []


def test_the_shared_text_can_be_read_aloud_and_reveals_nothing(puzzle, client):
    make_film(title="Wrong")
    play(client, "Wrong", "", "Metropolis")
    said = share_text(Play.objects.get(), 14)

    assert said.split("\n")[:2] == ["cinemaCLIPS Daily Reel 1: got it on clue 3 of 6, streak 14.", "□ – ◆"]
    assert "etropolis" not in said and "Wrong" not in said


# Streaks


def days(*places, first=date(2026, 1, 1)):
    """Results of consecutive days: the number of the right guess, 0 for a lost game, None for a missed day."""
    return [
        (first + timedelta(days=at), False, True, place or None)
        for at, place in enumerate(places)
        if place is not None
    ]


@pytest.mark.parametrize(
    ("places", "current", "best"),
    [
        ((1,), 1, 1), ((1, 2), 2, 2), ((1, 0, 3), 1, 1), ((1, None), 1, 1),
        ((1, None, 2), 2, 2),  # one missed day a month is forgiven
        ((1, None, None, 2), 1, 1), ((1, None, 2, None, 3), 1, 2), ((None, 1), 1, 1), ((), 0, 0), ((0, 0), 0, 0),
    ],
)  # fmt: skip
def test_streaks_are_counted_in_days(places, current, best):
    record = calculate_streaks(days(*places), date(2026, 1, 1) + timedelta(days=max(len(places) - 1, 0)))
    assert (record.current, record.best) == (current, best)


def test_a_streak_of_four_hundred_days_is_counted():
    places = [number % CLUES + 1 for number in range(400)]
    record = calculate_streaks(days(*places), date(2026, 1, 1) + timedelta(days=399))

    assert (record.played, record.solved, record.current, record.best) == (400, 400, 400, 400)
    assert sum(record.wins_by_clue) == 400 and record.most_wins == 67


def test_one_missed_day_per_month_is_forgiven_and_named():
    places = [None if (date(2026, 1, 1) + timedelta(days=at)).day == 15 else 2 for at in range(365)]
    record = calculate_streaks(days(*places), date(2026, 12, 31))

    assert record.current == 365 - 12
    assert len(record.forgiven_days) == 12 and record.forgiven_days[0] == date(2026, 1, 15)


def test_today_is_not_a_missed_day():
    assert calculate_streaks(days(1, 1), date(2026, 1, 3)).current == 2
    assert calculate_streaks(days(1, 1), date(2026, 1, 3)).forgiven_days == []


# The desk


@pytest.fixture
def desk(client, db):
    client.force_login(make_staff())
    return client


def test_staff_see_future_puzzles_and_can_change_the_film(desk, film):
    other = make_known_film("Sunrise")
    reel_calendar.create_coming_puzzles()
    assert "First clue" in desk.get("/desk/trivia/puzzle/").content.decode()
    later = Puzzle.objects.to_come().filter(film=film).first()
    address = f"/desk/trivia/puzzle/{later.pk}/change/"
    clues = form_clues(later)
    page = desk.post(address, {"film": other.pk} | clues, follow=True).content.decode()
    later.refresh_from_db()

    assert "its clues replaced" in page
    assert later.film == other and [clue.text for clue in later.clues.all()] == clues_for(other)
    page = desk.post(address, {"film": make_film(title="Unknown").pk} | form_clues(later), follow=True)
    later.refresh_from_db()
    assert "the old one stays" in page.content.decode() and later.film == other


def form_clues(puzzle, **texts):
    clues = list(puzzle.clues.all())
    data = {"clues-TOTAL_FORMS": len(clues), "clues-INITIAL_FORMS": len(clues)}
    for at, clue in enumerate(clues):
        data |= {
            f"clues-{at}-id": clue.pk,
            f"clues-{at}-puzzle": puzzle.pk,
            f"clues-{at}-position": clue.position,
        }
        data[f"clues-{at}-text"] = texts.get(f"clue{clue.position}", clue.text)
    return data


def test_a_rewritten_clue_with_a_title_word_shows_a_warning(desk, film):
    reel_calendar.create_coming_puzzles()
    later = Puzzle.objects.to_come().first()
    address = f"/desk/trivia/puzzle/{later.pk}/change/"
    page = desk.post(address, {"film": film.pk} | form_clues(later, clue1="A metropolis."), follow=True)

    assert "Clue 1 has a word of the title in it, or its credit has." in page.content.decode()
    assert later.clues.first().text == "A metropolis."


@pytest.mark.parametrize("odd", ODD)
def test_any_input_is_handled_without_an_error(desk, film, odd):
    reel_calendar.create_coming_puzzles()
    later = Puzzle.objects.to_come().first()
    address = f"/desk/trivia/puzzle/{later.pk}/change/"
    assert desk.post(address, {"film": film.pk} | form_clues(later, clue1=odd)).status_code in (200, 302)
    for data in (
        {"guesses_seen": 0, "title": odd},
        {"guesses_seen": odd, "title": "M"},
        {"guesses_seen": odd, "pass": odd},
    ):
        assert desk.post("/trivia/daily/1/", data).status_code in (302, 409, 422)
    assert desk.post("/trivia/daily/restore/", {"code": odd}).status_code == 422
    assert desk.get("/trivia/daily/titles/", {"q": odd}).status_code == 200


def test_a_puzzle_whose_day_has_begun_cannot_be_changed(desk, puzzle, film):
    address = f"/desk/trivia/puzzle/{puzzle.pk}/change/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"film": film.pk}).status_code == 403
    assert desk.get("/desk/trivia/puzzle/add/").status_code == 403


def test_the_worker_creates_coming_puzzles(film):
    prepare_puzzles()
    assert Puzzle.objects.count() == 31 and "Daily Reel 1, " in str(Puzzle.objects.first())
    assert str(Puzzle.objects.first().clues.first()).startswith("It runs 153 minutes")


def test_str_of_every_model(puzzle, client):
    play(client, "")
    assert str(Play.objects.get()).endswith(": 1")
    assert str(Player.objects.get()) == "A player without a nickname"


def test_a_photo_in_a_clue_has_no_caption_or_alt_text_of_its_own(puzzle, client):
    photo = make_photo(alt="The robot of Metropolis", caption="Metropolis, the robot.")
    Clue.objects.filter(puzzle=puzzle, position=1).update(text="A figure of metal sits.", photo=photo)

    text = client.get(TODAY).content.decode()

    assert "A figure of metal sits." in text and 'alt=""' in text and f"/photos/{photo.pk}/" in text
    assert "etropolis" not in text


def test_a_photo_credit_with_a_title_word_shows_a_warning(desk, puzzle):
    tomorrow = Puzzle.objects.create(day=puzzle.day + timedelta(days=1), number=2, film=puzzle.film)
    reel_calendar.set_clues(tomorrow, ["One.", "Two.", "Three.", "Four.", "Five.", "Six."])
    photo = make_photo(credit="The Metropolis archive", usable_from=timezone.now() + timedelta(hours=1))
    tomorrow.clues.filter(position=6).update(photo=photo)
    clues = list(tomorrow.clues.all())
    data = {"film": puzzle.film_id, "clues-TOTAL_FORMS": 6, "clues-INITIAL_FORMS": 6}
    for number, clue in enumerate(clues):
        data |= {f"clues-{number}-id": clue.pk, f"clues-{number}-puzzle": tomorrow.pk}
        data |= {f"clues-{number}-position": clue.position, f"clues-{number}-text": clue.text}
        data |= {f"clues-{number}-photo": clue.photo_id or ""}

    response = desk.post(f"/desk/trivia/puzzle/{tomorrow.pk}/change/", data, follow=True)

    assert "Clue 6 has a word of the title in it, or its credit has." in response.content.decode()


def test_a_void_day_says_so(puzzle, client):
    Puzzle.objects.update(
        ruling=Ruling.objects.create(puzzle=puzzle, verdict="void", reason="Two films fit the clues.")
    )
    text = client.get(TODAY).content.decode()
    assert "This day counts for nobody" in text and "Two films fit" not in text

    play(client, *[""] * 6)
    assert "Two films fit the clues." in client.get(TODAY).content.decode()
