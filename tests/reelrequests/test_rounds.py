"""The monthly round: one vote per person, which can be changed until it closes; then the result."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from fans.visitor_cookies import BROWSER_COOKIE, BROWSER_SALT, FAN_COOKIE
from reelrequests import round_voting
from reelrequests.models import Round, RoundVote
from tests.factories import make_request, make_round
from tests.outbox import deliver, link_in
from tests.reelrequests.test_reader_actions import knowing, vote_for


@pytest.fixture
def voting_round(db):
    reel_requests = [make_request(title=title) for title in ("Stalker", "Solaris", "Mirror")]
    return make_round(*reel_requests, title="The winter vote")


def send(voting_round, title, client=None):
    chosen = voting_round.candidates.get(request__title=title).pk if title else ""
    return (client or Client()).post(voting_round.get_absolute_url(), {"candidate": chosen})


def results(voting_round):
    return [(str(each), each.vote_count, each.unconfirmed_count) for each in voting_round.result()]


def close(voting_round):
    Round.objects.filter(pk=voting_round.pk).update(closes_at=timezone.now())


def test_a_person_has_one_vote_in_a_round_and_can_change_it(client, voting_round):
    fan = knowing("ana@example.com")
    for title in ("Stalker", "Solaris", "Mirror", "Solaris"):
        send(voting_round, title, fan)
        send(voting_round, title, client)
    assert results(voting_round) == [("Solaris", 1, 1), ("Stalker", 0, 0), ("Mirror", 0, 0)]
    assert {str(each) for each in RoundVote.objects.all()} == {
        "ana@example.com: Solaris",
        "A browser: Solaris",
    }


def test_two_people_at_one_browser_have_one_vote_each(voting_round):
    browser = knowing("ana@example.com")
    send(voting_round, "Stalker", browser)
    browser.cookies[FAN_COOKIE] = knowing("ben@example.com").cookies[FAN_COOKIE]
    send(voting_round, "Mirror", browser)
    send(voting_round, "Solaris", browser)
    assert {(each.email, str(each.candidate)) for each in RoundVote.objects.all()} == {
        ("ana@example.com", "Stalker"),
        ("ben@example.com", "Solaris"),
    }


def test_a_browser_without_its_fan_cookie_changes_the_fan_s_vote(voting_round):
    browser = knowing("ana@example.com")
    send(voting_round, "Stalker", browser)
    del browser.cookies[FAN_COOKIE]
    send(voting_round, "Mirror", browser)
    assert [(each.email, str(each.candidate)) for each in RoundVote.objects.all()] == [
        ("ana@example.com", "Mirror")
    ]


def test_a_vote_from_another_browser_changes_the_person_s_vote(client, voting_round):
    """The vote of the browser is replaced by the vote of the person who is confirmed in it."""
    send(voting_round, "Stalker", client)
    send(voting_round, "Mirror", knowing("ana@example.com"))
    client.cookies[FAN_COOKIE] = knowing("ana@example.com").cookies[FAN_COOKIE]
    send(voting_round, "Solaris", client)
    assert results(voting_round) == [("Solaris", 1, 0), ("Stalker", 0, 0), ("Mirror", 0, 0)]


def test_the_result_is_shown_only_after_the_round_closes(client, voting_round):
    page = client.post(
        voting_round.get_absolute_url(), {"candidate": voting_round.candidates.first().pk}, follow=True
    )
    assert "Your vote is in" in page.content.decode() and "1 vote" not in page.content.decode()
    send(voting_round, "Mirror", knowing("ana@example.com"))
    close(voting_round)
    body = client.get(voting_round.get_absolute_url()).content.decode()
    assert "1 vote" in body and body.index("Mirror") < body.index("Stalker")
    assert "0 votes, and 1 without an address" in body


def test_confirmed_votes_decide_before_unconfirmed_ones(voting_round):
    for _ in range(3):
        send(voting_round, "Solaris")
    send(voting_round, "Mirror", knowing("ana@example.com"))
    assert [title for title, _, _ in results(voting_round)] == ["Mirror", "Solaris", "Stalker"]


def test_a_closed_round_and_an_empty_vote_are_refused(client, voting_round):
    page = send(voting_round, "", client)
    assert page.status_code == 422 and "Choose one" in page.content.decode()
    assert client.post(voting_round.get_absolute_url(), {"candidate": "99999"}).status_code == 422
    close(voting_round)
    page = send(voting_round, "Mirror", client)
    assert page.status_code == 409 and "is closed" in page.content.decode()
    assert not RoundVote.objects.exists()


def test_a_future_round_is_a_404(client, voting_round):
    Round.objects.update(opens_at=timezone.now() + timedelta(hours=1))
    assert client.get(voting_round.get_absolute_url()).status_code == 404


def test_too_many_round_votes_from_one_network_are_refused(voting_round):
    client = Client()
    client.cookies[BROWSER_COOKIE] = signing.dumps("B", salt=BROWSER_SALT)
    codes = [send(voting_round, "Mirror", client).status_code for _ in range(31)]
    assert codes == [302] * 30 + [429]


def test_confirming_an_address_confirms_the_browser_s_round_vote(client, voting_round):
    send(voting_round, "Stalker", client)
    vote_for(make_request(), client, email="ana@example.com")
    client.post(link_in(deliver()[0]))
    assert results(voting_round)[0] == ("Stalker", 1, 0)

    other = Client()
    send(voting_round, "Mirror", other)
    vote_for(make_request(), other, email="ana@example.com")
    other.post(link_in(deliver()[1]))
    assert results(voting_round) == [("Stalker", 1, 0), ("Solaris", 0, 0), ("Mirror", 0, 0)]


def test_the_database_holds_one_round_vote_per_person(voting_round):
    first, second, _ = voting_round.candidates.all()
    round_voting.cast_vote(first, "ana@example.com", "", timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundVote.objects.create(round=voting_round, candidate=second, email="ana@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundVote.objects.create(round=voting_round, candidate=second)


def test_the_list_links_to_the_round(client, voting_round):
    assert "The winter vote" in client.get("/reel-requests/").content.decode()
    close(voting_round)
    assert "see what came out" in client.get("/reel-requests/").content.decode()
