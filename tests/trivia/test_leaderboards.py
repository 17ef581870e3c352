"""Leaderboards count first attempts only, ignore speed, and show only players who chose a nickname."""

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.sites import site
from django.test import Client
from django.utils import timezone

from tests.cinemaclips.test_desk_hostile_input import ODD
from tests.factories import make_film, make_player, make_quiz, make_staff, play_through
from tests.test_every_page import with_player_cookie
from trivia import nicknames
from trivia.held_words import is_held
from trivia.leaderboards import ALL_TIME, board_of_quiz, board_of_week, leaders_on, week_start
from trivia.models import Attempt, HeldWord, LeaderboardRow, Player


@pytest.fixture
def quiz(db):
    return make_quiz(slug="ten", title="Ten")


def test_players_with_the_same_points_share_a_rank(quiz):
    for name, right in (("Ana", 3), ("Bo", 2), ("Cy", 3), ("Di", 1)):
        play_through(make_player(name), quiz, right)

    lines = [(line.rank, line.name, line.points) for line in leaders_on(board_of_quiz(quiz.pk))]
    assert lines == [(1, "Ana", 3), (1, "Cy", 3), (3, "Bo", 2), (4, "Di", 1)]


def test_the_all_time_board_adds_up_first_attempts(quiz):
    player = make_player("Ana")
    for each in (quiz, make_quiz(), quiz):
        play_through(player, each, right=2)

    assert [(line.name, line.points) for line in leaders_on(ALL_TIME)] == [("Ana", 4)]


def test_players_without_a_nickname_are_on_no_board(client, quiz):
    player = make_player()
    play_through(player, quiz, right=3)
    assert not LeaderboardRow.objects.exists()

    with_player_cookie(client, player).post("/trivia/nickname/", {"nickname": "Row F"})
    assert "Row F" in client.get("/trivia/leaderboards/").content.decode()
    assert "Row F" in Client().get("/trivia/ten/").content.decode()
    assert {row.points for row in LeaderboardRow.objects.all()} == {3}

    client.post("/trivia/nickname/", {"drop": "1"})
    assert "Row F" not in client.get("/trivia/leaderboards/").content.decode()
    assert not LeaderboardRow.objects.exists() and Player.objects.get().nickname == ""


def test_the_result_page_shows_the_player_s_rank(client, quiz, django_assert_num_queries):
    quiz.questions.update(film=make_film())  # for the link to further reading
    play_through(make_player("Ana"), quiz, right=3)
    player = make_player("Bo")
    play_through(player, quiz, right=1)

    address = Attempt.objects.get(player=player).get_absolute_url()
    with django_assert_num_queries(6):
        text = with_player_cookie(client, player).get(address).content.decode()

    assert "rank 2" in text and "You stand on them as <b>Bo</b>" in text


# Weeks end at Sunday's midnight in the site's zone, on either side of a change of its clocks.
@pytest.mark.parametrize("zone", ["America/Phoenix", "America/Denver", "Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize("sunday", [(2026, 3, 29), (2026, 10, 25), (2026, 11, 1), (2026, 4, 5), (2026, 7, 5)])
def test_a_week_ends_at_sunday_s_midnight_in_the_site_s_zone(settings, zone, sunday):
    settings.TIME_ZONE = zone
    midnight = datetime(*sunday, tzinfo=zoneinfo.ZoneInfo(zone)) + timedelta(days=1)
    before = midnight.astimezone(UTC) - timedelta(seconds=1)

    assert week_start(before) == (midnight - timedelta(days=7)).date()
    assert week_start(midnight) == midnight.date()


def test_a_utc_week_would_end_at_the_wrong_time_in_phoenix(settings):
    """Negative control: with weeks in UTC the test above would fail."""
    settings.TIME_ZONE = "America/Phoenix"
    late = datetime(2026, 11, 2, 3, tzinfo=UTC)  # Sunday evening in Phoenix

    assert week_start(late) != late.date() - timedelta(days=late.weekday())


def test_a_new_week_begins_empty(client, quiz, monkeypatch):
    play_through(make_player("Ana"), quiz, right=3)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=7))

    boards = {name: [line.name for line in lines] for name, _, lines in boards_of(client)}
    assert boards == {"This week": [], "Last week": ["Ana"], "All time": ["Ana"]}


def boards_of(client):
    return client.get("/trivia/leaderboards/").context["boards"]


def test_a_board_has_twenty_lines(quiz):
    week = board_of_week(week_start(timezone.now()))
    for number in range(23):
        play_through(make_player(f"Player {number}"), quiz, right=number % 4)

    assert len(leaders_on(week)) == 20


# Nicknames


@pytest.fixture
def fan(client, quiz):
    play_through(make_player(), quiz, right=2)
    return with_player_cookie(client, Player.objects.get())


def test_a_nickname_needs_a_player(client, db):
    assert "First play something" in client.get("/trivia/nickname/").content.decode()
    client.post("/trivia/nickname/", {"nickname": "Row F"})
    assert not Player.objects.exists()


GOOD = [
    "Scunthorpe United", "Penistone", "Dickinson", "Cockburn", "Moby Dickens", "Lightwater", "Essex Girl", "Assassin",
    "Charles Cassidy", "Clitheroe", "Matsushita", "Hitchcock", "Peacock 7", "Shiitake", "Nazir", "Grapevine",
    "Cumberland", "Kikeriki", "Wankel", "Titicaca", "Fagin", "Zoë", "東京物語", "Row F", "O'Hara & Co.",
]  # fmt: skip
BAD = [
    "shit", "Holy Shit", "sh1t", "SHIT!", "s h i t", "$hit", "xX shit Xx", "BigShit", "f.u.c.k", "Cinema_Dick",
    "n4zi", "Editor", "cinemaCLIPS", "The Admin", "h1tler 2",
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_held_word_inside_another_word_is_not_held(db, name):
    assert not is_held(name)


@pytest.mark.parametrize("name", BAD)
def test_a_held_word_is_found_in_every_spelling(db, name):
    assert is_held(name)


def test_a_filter_by_substring_would_hold_scunthorpe(db):
    """Negative control: a search for substrings would hold the nickname."""
    words = set(HeldWord.objects.values_list("word", flat=True))
    wronged = [name for name in GOOD if any(word in name.casefold() for word in words)]
    assert len(wronged) > 8


def test_a_held_nickname_is_not_shown_until_staff_have_reviewed_it(fan):
    fan.post("/trivia/nickname/", {"nickname": "Dick Cavett"})
    player = Player.objects.get()
    assert player.nickname_status == "held" and not LeaderboardRow.objects.exists()
    assert "waits for a look" in fan.get("/trivia/nickname/").content.decode()

    desk = Client()
    desk.force_login(make_staff())
    desk.post("/desk/trivia/player/", {"action": "show", "_selected_action": [player.pk]})

    assert "Dick Cavett" in Client().get("/trivia/leaderboards/").content.decode()


def test_after_staff_hid_a_nickname_the_next_one_is_held(fan):
    fan.post("/trivia/nickname/", {"nickname": "Buy cheap discs"})
    desk = Client()
    desk.force_login(make_staff())
    desk.post("/desk/trivia/player/", {"action": "hide", "_selected_action": [Player.objects.get().pk]})
    assert not LeaderboardRow.objects.exists()
    assert "taken" in fan.get("/trivia/nickname/").content.decode()

    fan.post("/trivia/nickname/", {"drop": "1"})
    fan.post("/trivia/nickname/", {"nickname": "Row F"})

    assert Player.objects.get().nickname_status == "held" and not LeaderboardRow.objects.exists()


def test_the_desk_shows_nicknames_and_never_a_code(fan):
    fan.post("/trivia/nickname/", {"nickname": "Row F"})
    make_player()
    player = Player.objects.get(nickname="Row F")
    desk = Client()
    desk.force_login(make_staff())

    page = desk.get("/desk/trivia/player/").content.decode()
    one = desk.get(f"/desk/trivia/player/{player.pk}/change/").content.decode()

    assert "Row F" in page and "1 player" in page
    assert player.code not in page + one and player.formatted_code not in page + one
    assert not site._registry[Player].has_delete_permission(None)


def test_a_nickname_belongs_to_one_player(fan):
    make_player("Row F")
    for name in ("Row F", "row f", "RÓW  F!"):
        response = fan.post("/trivia/nickname/", {"nickname": name})
        assert response.status_code == 422
        assert "Somebody plays under this nickname already" in response.content.decode()


def test_of_two_players_who_take_a_nickname_at_once_one_gets_it(fan, monkeypatch):
    make_player("Row F")
    other = Player.objects.get(nickname="")

    assert nicknames.set_nickname(other, "ROW F") == nicknames.NICKNAME_TAKEN
    other.refresh_from_db()
    assert other.nickname == ""


@pytest.mark.parametrize("name", [*ODD, "x", "!!", "a" * 25, "line\nbreak", "<b>bold</b>", "Zażółć"])
def test_any_nickname_is_accepted_or_refused_without_an_error(fan, name):
    response = fan.post("/trivia/nickname/", {"nickname": name})

    assert response.status_code in (302, 422)
    assert "<b>bold" not in fan.get("/trivia/leaderboards/").content.decode()


def test_changes_of_a_nickname_are_limited(fan, monkeypatch):
    monkeypatch.setattr("trivia.nicknames.CHANGES_A_DAY", 2)
    answers = [fan.post("/trivia/nickname/", {"nickname": f"Row {letter}"}) for letter in "FGH"]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "very often today" in answers[2].content.decode()
    assert Player.objects.get().nickname == "Row G"


def test_staff_can_add_a_held_word(db):
    desk = Client()
    desk.force_login(make_staff())
    desk.post("/desk/trivia/heldword/add/", {"word": "  Gööd-Grief! "})
    empty = desk.post("/desk/trivia/heldword/add/", {"word": "!!!"})

    assert is_held("good grief") and str(HeldWord.objects.get(word="goodgrief"))
    assert "letters or figures" in empty.content.decode()
