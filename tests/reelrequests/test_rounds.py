"""The monthly round: one vote a person, changed until it closes, and the result only then."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from fans.visitor_cookies import BROWSER_COOKIE, BROWSER_SALT, FAN_COOKIE
from reelrequests import voting
from reelrequests.models import Round, Vote
from tests.factories import make_request, make_round
from tests.outbox import deliver, link_in
from tests.reelrequests.test_asking import join, knowing


@pytest.fixture
def vote(db):
    asked = [make_request(title=title) for title in ("Stalker", "Solaris", "Mirror")]
    return make_round(*asked, title="The winter vote")


def send(vote, title, client=None):
    chosen = vote.candidates.get(request__title=title).pk if title else ""
    return (client or Client()).post(vote.get_absolute_url(), {"candidate": chosen})


def standings(vote):
    return [(str(each), each.votes, each.unconfirmed) for each in vote.result()]


def close(vote):
    Round.objects.filter(pk=vote.pk).update(closes_at=timezone.now())


def test_one_vote_a_person_changed_as_often_as_they_like(client, vote):
    fan = knowing("ana@example.com")
    for title in ("Stalker", "Solaris", "Mirror", "Solaris"):
        send(vote, title, fan)
        send(vote, title, client)
    assert standings(vote) == [("Solaris", 1, 1), ("Stalker", 0, 0), ("Mirror", 0, 0)]
    assert {str(each) for each in Vote.objects.all()} == {"ana@example.com: Solaris", "A browser: Solaris"}


def test_two_people_at_one_browser_have_a_vote_each(vote):
    browser = knowing("ana@example.com")
    send(vote, "Stalker", browser)
    browser.cookies[FAN_COOKIE] = knowing("ben@example.com").cookies[FAN_COOKIE]
    send(vote, "Mirror", browser)
    send(vote, "Solaris", browser)
    assert {(each.email, str(each.candidate)) for each in Vote.objects.all()} == {
        ("ana@example.com", "Stalker"),
        ("ben@example.com", "Solaris"),
    }


def test_a_browser_that_forgot_its_person_changes_that_person_s_vote(vote):
    browser = knowing("ana@example.com")
    send(vote, "Stalker", browser)
    del browser.cookies[FAN_COOKIE]
    send(vote, "Mirror", browser)
    assert [(each.email, str(each.candidate)) for each in Vote.objects.all()] == [
        ("ana@example.com", "Mirror")
    ]


def test_a_vote_from_another_browser_is_the_same_person_s(client, vote):
    """What a browser chose before it was known gives way to what its person chose."""
    send(vote, "Stalker", client)
    send(vote, "Mirror", knowing("ana@example.com"))
    client.cookies[FAN_COOKIE] = knowing("ana@example.com").cookies[FAN_COOKIE]
    send(vote, "Solaris", client)
    assert standings(vote) == [("Solaris", 1, 0), ("Stalker", 0, 0), ("Mirror", 0, 0)]


def test_the_result_is_told_when_it_closes_and_not_before(client, vote):
    page = client.post(vote.get_absolute_url(), {"candidate": vote.candidates.first().pk}, follow=True)
    assert "Your vote is in" in page.content.decode() and "1 vote" not in page.content.decode()
    send(vote, "Mirror", knowing("ana@example.com"))
    close(vote)
    body = client.get(vote.get_absolute_url()).content.decode()
    assert "1 vote" in body and body.index("Mirror") < body.index("Stalker")
    assert "0 votes, and 1 without an address" in body


def test_known_people_decide_before_browsers(vote):
    for _ in range(3):
        send(vote, "Solaris")
    send(vote, "Mirror", knowing("ana@example.com"))
    assert [title for title, _, _ in standings(vote)] == ["Mirror", "Solaris", "Stalker"]


def test_a_closed_round_and_an_empty_vote_are_refused_kindly(client, vote):
    page = send(vote, "", client)
    assert page.status_code == 422 and "Choose one" in page.content.decode()
    assert client.post(vote.get_absolute_url(), {"candidate": "99999"}).status_code == 422
    close(vote)
    page = send(vote, "Mirror", client)
    assert page.status_code == 409 and "is closed" in page.content.decode()
    assert not Vote.objects.exists()


def test_a_round_to_come_is_not_there(client, vote):
    Round.objects.update(opens_at=timezone.now() + timedelta(hours=1))
    assert client.get(vote.get_absolute_url()).status_code == 404


def test_too_many_votes_from_one_place(vote):
    client = Client()
    client.cookies[BROWSER_COOKIE] = signing.dumps("B", salt=BROWSER_SALT)
    codes = [send(vote, "Mirror", client).status_code for _ in range(31)]
    assert codes == [302] * 30 + [429]


def test_confirming_an_address_makes_the_browser_s_vote_a_person_s(client, vote):
    send(vote, "Stalker", client)
    join(make_request(), client, email="ana@example.com")
    client.post(link_in(deliver()[0]))
    assert standings(vote)[0] == ("Stalker", 1, 0)

    other = Client()
    send(vote, "Mirror", other)
    join(make_request(), other, email="ana@example.com")
    other.post(link_in(deliver()[1]))
    assert standings(vote) == [("Stalker", 1, 0), ("Solaris", 0, 0), ("Mirror", 0, 0)]


def test_the_database_holds_one_vote_a_person(vote):
    first, second, _ = vote.candidates.all()
    voting.vote(first, "ana@example.com", "", timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(round=vote, candidate=second, email="ana@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(round=vote, candidate=second)


def test_the_list_leads_to_the_round(client, vote):
    assert "The winter vote" in client.get("/reel-requests/").content.decode()
    close(vote)
    assert "see what came out" in client.get("/reel-requests/").content.decode()
