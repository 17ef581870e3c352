"""Requests to identify a film: readers send guesses, which wait for moderation; staff accept one."""

import pytest

from reelrequests import staff_actions
from reelrequests.models import Guess
from tests.factories import make_film, make_request
from tests.reelrequests.test_reader_actions import knowing
from tests.reelrequests.test_staff_actions import make_guess, now


@pytest.fixture
def reel_request(db):
    return make_request(kind="riddle", title="Every clock has stopped")


def send(client, reel_request, **fields):
    page = client.get(f"/reel-requests/{reel_request.pk}/guess/")
    form_data = {"title": "Rebecca", "why": "The house.", "stamp": page.context["form"]["stamp"].value()}
    return client.post(f"/reel-requests/{reel_request.pk}/guess/", form_data | fields)


def test_a_guess_waits_for_moderation(client, reel_request):
    film = make_film(title="Rebecca", year=1940)
    assert "Thank you" in send(client, reel_request).content.decode()
    guess = Guess.objects.get()
    assert (guess.film, guess.moderation, guess.email) == (film, "waiting", "")
    assert "Rebecca" not in client.get(reel_request.get_absolute_url()).content.decode()

    staff_actions.show_guess(guess, "Nora", now())
    assert "Rebecca (1940)" in client.get(reel_request.get_absolute_url()).content.decode()


def test_the_same_form_sent_twice_is_one_guess(client, reel_request):
    stamp = client.get(f"/reel-requests/{reel_request.pk}/guess/").context["form"]["stamp"].value()
    for _ in range(2):
        send(client, reel_request, stamp=stamp)
    assert Guess.objects.count() == 1


def test_invalid_guesses_show_errors_and_too_many_are_refused(client, reel_request):
    assert send(client, reel_request, title="").status_code == 422
    for number in range(12):
        assert send(client, reel_request, title=f"Film {number}").status_code == 200
    page = send(client, reel_request, title="One more")
    assert page.status_code == 429 and "One more" in page.content.decode()


def test_a_fan_s_guess_is_stored_with_the_email_address(reel_request):
    send(knowing("ana@example.com"), reel_request)
    assert Guess.objects.get().email == "ana@example.com"


def test_an_identified_film_takes_no_more_guesses(client, reel_request):
    staff_actions.accept_guess(make_guess(reel_request), "Nora", now())
    assert client.get(f"/reel-requests/{reel_request.pk}/guess/").url == reel_request.get_absolute_url()


def test_only_requests_to_identify_a_film_take_guesses(client, db):
    assert client.get(f"/reel-requests/{make_request().pk}/guess/").status_code == 404
