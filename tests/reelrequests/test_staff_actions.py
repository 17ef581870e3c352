"""What staff do: show, plan, decline with a reason, merge, split, accept a guess."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reelrequests import staff_actions
from reelrequests.models import Guess, ReelRequest, RequestWord
from tests.factories import make_film, make_request, make_review, make_vote
from tests.outbox import deliver


def now():
    return timezone.now()


def history(request):
    return [step.kind for step in request.steps.all()]


def people(request):
    request.refresh_from_db()
    return request.vote_count, request.unconfirmed_count


def test_showing_twice_records_one_step(db):
    request = make_request(shown=False, title="The Umbrellas")
    assert not RequestWord.objects.exists()
    staff_actions.show(request, "Nora", now())
    staff_actions.show(request, "Nora", now())

    assert history(request) == ["shown"] and request.is_public
    assert set(request.words.values_list("word", flat=True)) == {"umbrellas"}


def test_spam_is_hidden_from_readers_and_kept(db, client):
    request = make_request(title="Buy now")
    staff_actions.mark_spam(request, "Nora", now())
    assert client.get(request.get_absolute_url()).status_code == 404
    assert ReelRequest.objects.get().moderation == "spam" and not RequestWord.objects.exists()


def test_linking_a_piece_moves_the_request_into_production(db):
    request = make_request(status="planned")
    request.piece = make_review(published_at=None)
    staff_actions.save_changes(request, "Nora", now())
    assert (request.status, request.public_status, history(request)) == (
        "production",
        "production",
        ["shown", "production"],
    )
    assert not request.is_answered and request.is_open


def test_public_status_follows_the_piece_in_model_and_query(db):
    review = make_review()
    covered = make_request(piece=review)
    waiting = make_request()
    declined = make_request(status="declined", reason="Lost.")

    assert list(ReelRequest.objects.with_public_status("covered")) == [covered]
    assert list(ReelRequest.objects.with_public_status("new")) == [waiting]
    assert list(ReelRequest.objects.with_public_status("declined")) == [declined]
    assert list(ReelRequest.objects.with_public_status("on-air")) == []
    assert list(ReelRequest.objects.open()) == [waiting]


def test_a_request_linked_to_a_published_piece_is_answered_that_day(db):
    request = make_request()
    request.piece, moment = make_review(), now()
    staff_actions.save_changes(request, "Nora", moment)
    assert request.answered_at == moment
    request.piece.published_at = moment + timedelta(days=1)
    assert request.answered_at == request.piece.published_at


def test_the_database_refuses_invalid_requests(db):
    request = make_request()
    for wrong in (
        {"status": "declined", "reason": ""},
        {"status": "covered"},
        {"merged_into": request.pk},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReelRequest.objects.filter(pk=request.pk).update(**wrong)


def test_a_merge_counts_people_and_not_votes(db, client):
    big, small, tiny = (
        make_request(title="Big", votes=3),
        make_request(title="Small", votes=2),
        make_request(),
    )
    make_vote(small, "new@example.com")
    for request in (big, tiny):
        make_vote(request, browser="B")
    make_vote(tiny, browser="C")
    head = staff_actions.merge([tiny, small, big], "Nora", now())

    assert head == big and people(big) == (4, 2)
    assert history(big)[-1] == history(small)[-1] == "merged"
    assert client.get(f"/reel-requests/{small.pk}/").url == big.get_absolute_url()
    assert list(ReelRequest.objects.shown()) == [big]
    with pytest.raises(staff_actions.DecisionRefused, match="two requests"):
        staff_actions.merge(list(ReelRequest.objects.select_related("merged_into")), "Nora", now())


def test_a_split_undoes_a_merge(db):
    big, small = make_request(votes=3), make_request(votes=2)
    make_vote(small, "new@example.com")
    before = people(big), people(small)
    staff_actions.merge([big, small], "Nora", now())
    small.refresh_from_db()
    staff_actions.split(small, "Nora", now())

    assert (people(big), people(small)) == before
    assert set(ReelRequest.objects.shown()) == {big, small}
    assert history(small)[-1] == "split"
    with pytest.raises(staff_actions.DecisionRefused, match="part of no other"):
        staff_actions.split(small, "Nora", now())


def test_a_merge_does_not_reveal_hidden_requests(db):
    shown, hidden = make_request(votes=1), make_request(title="Rude words", shown=False, votes=5)
    head = staff_actions.merge([shown, hidden], "Nora", now())
    assert head == shown and "Rude" not in shown.steps.last().note


def test_merged_groups_can_be_merged(db):
    first, second, third, fourth = (make_request(votes=n) for n in (4, 3, 2, 1))
    staff_actions.merge([first, second], "Nora", now())
    third.refresh_from_db()
    staff_actions.merge([third, fourth], "Nora", now())
    family = list(ReelRequest.objects.select_related("merged_into"))
    staff_actions.merge(family, "Nora", now())

    assert set(ReelRequest.objects.exclude(pk=first.pk).values_list("merged_into", flat=True)) == {first.pk}
    assert people(first) == (4, 0)


def test_votes_for_a_merged_request_count_for_its_primary(db):
    big, small = make_request(votes=2), make_request(votes=1)
    staff_actions.merge([big, small], "Nora", now())
    small.refresh_from_db()
    make_vote(small, "late@example.com")
    assert people(big) == (3, 0)


def make_identify_request(**fields):
    return make_request(kind="riddle", title="Clocks that stand still", **fields)


def make_guess(request, **fields):
    return Guess.objects.create(
        **{"request": request, "title": "Rebecca", "submission_hash": f"t{Guess.objects.count()}"} | fields
    )


def test_the_accepted_guess_sets_the_film_and_notifies(db, client):
    request, film = make_identify_request(votes=2), make_film(title="Rebecca", year=1940)
    guess = make_guess(request, film=film)
    staff_actions.accept_guess(guess, "Nora", now())
    request.refresh_from_db()

    assert request.film == film and history(request)[-1] == "named"
    assert len(deliver()) == 2 and "Rebecca (1940)" in deliver()[0].body
    body = client.get(request.get_absolute_url()).content.decode()
    assert "It is this one" in body and film.get_absolute_url() in body and "I know it" not in body


def test_only_one_guess_is_accepted_and_it_cannot_be_spam(db):
    request = make_identify_request()
    first, second = make_guess(request), make_guess(request)
    staff_actions.accept_guess(first, "Nora", now())
    with pytest.raises(staff_actions.DecisionRefused, match="accepted already"):
        staff_actions.accept_guess(second, "Nora", now())
    with pytest.raises(staff_actions.DecisionRefused, match="cannot be spam"):
        staff_actions.mark_guess_spam(first, "Nora", now())
    staff_actions.mark_guess_spam(second, "Nora", now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Guess.objects.filter(pk=second.pk).update(is_accepted=True, moderation="shown")


def test_trust_needs_a_confirmed_address(db):
    assert staff_actions.trust_requester(make_request()) is False
    assert staff_actions.trust_requester(make_request(votes=1)) is True
