import pytest

from tests.factories import make_film, make_interview, make_person, make_review


def search(client, words):
    return client.get("/search/", {"q": words}).context


def test_finds_films_people_and_words(client, db):
    film, person = make_film(title="Cléo from 5 to 7"), make_person(name="Agnès Varda")
    review = make_review(film=film, title="In the park", body="<p>Mirrors everywhere, and a Chapeau.</p>")
    talk = make_interview(answers=["I buy mirrors."])

    assert search(client, "cleo from five to seven")["films"] == [film]
    assert search(client, "agnes vrda")["people"] == [person]
    assert [piece.pk for piece in search(client, "MIRRÓRS")["page"]] == [talk.pk, review.pk]
    assert [piece.pk for piece in search(client, "chapeau mirrors")["page"]] == [review.pk]


def test_a_slip_in_a_title_leads_to_the_review_too(client, db):
    review = make_review(film=make_film(title="The Hitch-Hiker"), title="Two men and a gun")

    assert [piece.pk for piece in search(client, "hitchiker")["page"]] == [review.pk]


@pytest.mark.parametrize("words", ["", "   ", "?!", "\0"])
def test_an_empty_question_gets_no_answer(client, db, words):
    page = search(client, words)
    assert (page["films"], page["people"], page["page"]) == ([], [], None)


def test_says_so_when_nothing_answers(client, db):
    page = client.get("/search/", {"q": "<b>zzz</b>"}).content.decode()

    assert "Nothing here answers to" in page and "<b>zzz" not in page


def test_a_question_too_long_is_told_so(client, db):
    assert "at most 100 characters" in client.get("/search/", {"q": "x" * 101}).content.decode()
