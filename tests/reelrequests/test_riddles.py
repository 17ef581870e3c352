"""What's that film? Guesses come from readers, wait for a look, and one of them is it."""

import pytest

from reelrequests import deciding
from reelrequests.models import Guess
from tests.factories import make_film, make_request
from tests.reelrequests.test_asking import knowing
from tests.reelrequests.test_deciding import make_guess, now


@pytest.fixture
def riddle(db):
    return make_request(kind="riddle", title="Every clock has stopped")


def send(client, riddle, **fields):
    page = client.get(f"/reel-requests/{riddle.pk}/guess/")
    given = {"title": "Rebecca", "why": "The house.", "stamp": page.context["form"]["stamp"].value()}
    return client.post(f"/reel-requests/{riddle.pk}/guess/", given | fields)


def test_a_guess_waits_for_a_look(client, riddle):
    film = make_film(title="Rebecca", year=1940)
    assert "Thank you" in send(client, riddle).content.decode()
    guess = Guess.objects.get()
    assert (guess.film, guess.look, guess.email) == (film, "waiting", "")
    assert "Rebecca" not in client.get(riddle.get_absolute_url()).content.decode()

    deciding.show_guess(guess, "Nora", now())
    assert "Rebecca (1940)" in client.get(riddle.get_absolute_url()).content.decode()


def test_the_same_form_twice_is_one_guess(client, riddle):
    stamp = client.get(f"/reel-requests/{riddle.pk}/guess/").context["form"]["stamp"].value()
    for _ in range(2):
        send(client, riddle, stamp=stamp)
    assert Guess.objects.count() == 1


def test_what_lacks_is_said_and_floods_are_refused(client, riddle):
    assert send(client, riddle, title="").status_code == 422
    for number in range(12):
        assert send(client, riddle, title=f"Film {number}").status_code == 200
    page = send(client, riddle, title="One more")
    assert page.status_code == 429 and "One more" in page.content.decode()


def test_a_fan_s_guess_bears_the_address_for_its_owner_alone(riddle):
    send(knowing("ana@example.com"), riddle)
    assert Guess.objects.get().email == "ana@example.com"


def test_what_is_answered_takes_no_more(client, riddle):
    deciding.accept(make_guess(riddle), "Nora", now())
    assert client.get(f"/reel-requests/{riddle.pk}/guess/").url == riddle.get_absolute_url()


def test_only_riddles_are_answered(client, db):
    assert client.get(f"/reel-requests/{make_request().pk}/guess/").status_code == 404
