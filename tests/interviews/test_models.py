import pytest
from django.db import IntegrityError

from films.models import Person
from interviews.models import Interview, Speaker, Turn, films_discussed
from tests.factories import make_film, make_interview, make_turn


@pytest.fixture
def answer(db):
    return make_interview(
        answers=["(Laughs.) You wait for the light [laughs] then [DeVotchKa] comes."]
    ).turns.get(kind="answer")


def test_a_pull_quote_is_a_range_of_the_answer(answer):
    answer.pull_from, answer.pull_to = 1, 5
    assert answer.pull_quote == "You wait for the light"

    answer.text = "<p>We wait for the light.</p>"
    del answer.quotable_text
    assert answer.pull_quote == "We wait for the light."


def test_stage_directions_are_in_no_pull_quote_and_set_apart(answer):
    assert answer.quotable_text == "You wait for the light then [DeVotchKa] comes."
    assert '<span class="direction">[laughs]</span>' in answer.text_with_directions_marked
    assert '<span class="direction">(Laughs.)</span>' in answer.text_with_directions_marked


def test_there_is_no_pull_quote_without_a_range(answer):
    assert answer.pull_quote == ""
    assert not Turn.objects.pull_quotes().exists()


@pytest.mark.parametrize("wrong", [{"pull_from": 3}, {"pull_from": 3, "pull_to": 2}, {"speaker": None}])
def test_the_database_refuses_invalid_turns(answer, wrong):
    with pytest.raises(IntegrityError):
        Turn.objects.filter(pk=answer.pk).update(**wrong)


def test_two_speakers_need_two_short_names(answer):
    with pytest.raises(IntegrityError):
        Speaker.objects.create(interview=answer.interview, name="Another Marsh", short_name="Marsh")


def test_a_permalink_stays_when_turns_are_added(answer, client):
    make_turn(
        answer.interview,
        answer.speaker,
        "answer",
        "Earlier.",
    )
    assert f'id="turn-{answer.pk}"' in client.get(answer.interview.get_absolute_url()).content.decode()


def test_those_who_answer_are_the_guests(answer):
    turns = list(answer.interview.turns.for_page())
    assert [speaker.short_name for speaker in answer.interview.guests(turns)] == ["Marsh"]


def test_speakers_are_added_to_the_people_of_the_piece(answer):
    assert set(answer.interview.people.all()) == set(Person.objects.all())


def test_an_interview_lists_its_films(answer):
    about, other = make_film(year=1960), make_film(year=1950)
    answer.interview.film = about
    answer.interview.films.add(other)

    assert list(films_discussed(answer.interview)) == [other, about]


def test_the_setting_joins_occasion_and_place():
    assert Interview(occasion="Roundtable", place="Phoenix").setting == "Roundtable, Phoenix"
    assert Interview(place="Phoenix").setting == "Phoenix"


def test_str_of_every_model(answer):
    assert str(answer.speaker) == "Marsh"
    assert str(answer).startswith("Marsh: You wait")
    assert str(Turn(kind="direction", text="<p>(A bell.)</p>")) == "(A bell.)"


def test_search_finds_words_of_turns(answer):
    assert Interview.objects.matching_search(["devotchka"], []).exists()
