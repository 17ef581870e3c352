"""What readers do: send a request, vote, confirm and withdraw. A person has one vote for a request."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from fans.models import Fan, Mail
from fans.public_forms import new_stamp
from fans.visitor_cookies import BROWSER_COOKIE, BROWSER_SALT, FAN_COOKIE
from films.models import Credit
from reelrequests import reader_actions
from reelrequests.models import ReelRequest, TrustedAddress, Vote
from tests.factories import (
    fan_cookie,
    make_film,
    make_interview,
    make_person,
    make_question,
    make_request,
    make_review,
    make_vote,
    yesterday,
)
from tests.outbox import deliver, link_in

ASK, YOURS = "/reel-requests/ask/", "/reel-requests/yours/"
FORM_DATA = {"kind": "film", "title": "Stalker", "why": "I fell asleep.", "signed": "Ines from Globe"}


@pytest.fixture(autouse=True)
def _within_one_hour(monkeypatch):
    """Rate limits count by the hour. The clock stands still, so that no test runs across two hours."""
    moment = timezone.now()
    monkeypatch.setattr("fans.limits.timezone", SimpleNamespace(now=lambda: moment))


@pytest.fixture
def ask(db, client, monkeypatch):
    """Send the form `waited` seconds after it was opened; `send_anyway` skips the similar requests."""

    def ask(*, waited=10, by=client, send_anyway=True, stamp=None, **fields):
        data = (
            FORM_DATA
            | {"stamp": stamp or new_stamp()}
            | ({"send_anyway": "1"} if send_anyway else {})
            | fields
        )
        now = time.time()
        with monkeypatch.context() as clock:
            clock.setattr("django.core.signing.time.time", lambda: now + waited)
            return by.post(ASK, data)

    return ask


def vote_for(request, by=None, **fields):
    return (by or Client()).post(f"/reel-requests/{request.pk}/join/", fields)


def knowing(email):
    """A browser whose owner has confirmed this address."""
    client = Client()
    client.cookies[FAN_COOKIE] = fan_cookie(email)
    return client


def from_elsewhere(number):
    return Client(REMOTE_ADDR=f"10.{number // 250}.{number % 250}.7")


# Sending a request


def test_a_request_waits_for_moderation(client, ask):
    make_film(title="Stalker", year=1979)
    assert ask().url == YOURS
    request = ReelRequest.objects.get()

    assert (request.moderation, request.held_for, request.film.title) == ("waiting", "", "Stalker")
    assert (request.vote_count, request.unconfirmed_count) == (0, 1)
    assert client.get(request.get_absolute_url()).status_code == 404
    assert "Stalker" not in client.get("/reel-requests/").content.decode()
    assert "We look at it before others can see it" in client.get(YOURS).content.decode()
    assert "Stalker" not in Client().get(YOURS).content.decode()


def test_the_same_form_sent_twice_is_one_request(ask):
    stamp = new_stamp()
    ask(stamp=stamp)
    ask(stamp=stamp)
    assert (ReelRequest.objects.count(), Vote.objects.count()) == (1, 1)

    ask(stamp=stamp, title="Solaris")
    assert ReelRequest.objects.count() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Solaris"},
        {"why": "Another reason"},
        {"kind": "person"},
        {"signed": "Bob"},
        {"email": "bob@example.com"},
    ],
)
def test_other_words_with_the_same_stamp_are_another_request(ask, changed):
    stamp = new_stamp()
    for fields in ({}, changed, {}, changed):
        ask(stamp=stamp, **fields)

    assert ReelRequest.objects.count() == 2


def test_words_moved_to_another_field_are_another_request(ask):
    stamp = new_stamp()
    ask(stamp=stamp, title="Stalker again", why="and again")
    ask(stamp=stamp, title="Stalker", why="again and again")

    assert ReelRequest.objects.count() == 2


def test_a_request_that_looks_like_spam_is_held_and_not_dropped(ask):
    ask(website="x", why="http://a http://b http://c", waited=1)
    held = ReelRequest.objects.get()

    assert held.moderation == "waiting"
    for reason in ("hidden field", "many links", "three seconds"):
        assert reason in held.held_for
    assert list(ReelRequest.objects.awaiting_moderation()) == [held]


def test_an_invalid_form_shows_errors_and_saves_nothing(ask):
    page = ask(title="")
    assert page.status_code == 422 and "Something below needs a look" in page.content.decode()
    assert "I fell asleep." in page.content.decode() and not ReelRequest.objects.exists()


def test_too_many_requests_are_refused_and_the_form_keeps_its_text(ask):
    for number in range(12):
        assert ask(title=f"Film {number}").status_code == 302
    page = ask(title="One more")

    assert page.status_code == 429 and "One more" in page.content.decode()
    assert ReelRequest.objects.count() == 12


def test_new_browsers_from_one_network_are_limited(ask):
    assert [ask(by=Client(), title=f"Film {n}").status_code for n in range(12)] == [302] * 12
    request = make_request()
    assert [vote_for(request).status_code for _ in range(9)] == [302] * 8 + [429]
    assert request.votes.count() == 8


def test_requests_of_a_trusted_address_are_shown_at_once(ask):
    TrustedAddress.objects.create(email="ana@example.com")
    ask(by=knowing("ana@example.com"))
    assert ReelRequest.objects.get().is_public
    ask(by=knowing("ben@example.com"), title="Solaris")
    assert not ReelRequest.objects.get(title="Solaris").is_public
    ask(email="ana@example.com", title="Mirror")  # not confirmed: anybody may type this address
    assert not ReelRequest.objects.get(title="Mirror").is_public


@pytest.mark.parametrize("title", ["Stalker", "stalker", "The Stalker", "Stalkr"])
def test_existing_coverage_of_a_film_is_offered(ask, title):
    film = make_film(title="Stalker", year=1979, slug="stalker")
    review = make_review(film=film, title="Into the zone")
    make_review(film=film, title="Not out", published_at=None)
    make_question(film=film)
    page = ask(send_anyway=False, title=title)
    body = page.content.decode()

    assert page.status_code == 200 and not ReelRequest.objects.exists()
    assert f"Review: Into the zone, {timezone.localtime(review.published_at).year}" in body
    assert "1 trivia question on Stalker" in body and "/trivia/on/stalker/" in body
    assert "Not out" not in body and "Send mine all the same" in body
    assert ask(title=title).url == YOURS


def test_existing_coverage_of_a_person_is_offered(ask):
    person = make_person(name="Thea von Harbou")
    make_interview(title="She wrote it").people.add(person)
    body = ask(send_anyway=False, kind="person", title="Thea von Harbou").content.decode()

    assert "She wrote it" in body
    ask(kind="person", title="Thea von Harbou")
    assert ReelRequest.objects.get().person == person


def test_pieces_on_the_film_are_offered_before_pieces_that_mention_it(ask):
    """An old review of the film comes before newer pieces that only mention it."""
    film = make_film(title="Stalker")
    make_review(film=film, title="Into the zone", published_at=yesterday() - timedelta(days=5_000))
    for number in range(5):
        make_review(title=f"Mentions it {number}").films.add(film)
    offered = ask(send_anyway=False).context["coverage"]

    assert offered[0][0].startswith("Review: Into the zone, ") and "Mentions it" in offered[1][0]


def test_an_interview_with_a_person_is_offered_before_the_person_s_films(ask):
    person = make_person(name="Thea von Harbou")
    make_interview(title="She wrote it", published_at=yesterday() - timedelta(days=5_000)).people.add(person)
    film = make_film(title="Metropolis")
    film.credits.create(person=person, role=Credit.Role.WRITER)
    for number in range(5):
        make_review(film=film, title=f"Her film {number}")
    offered = ask(send_anyway=False, kind="person", title="Thea von Harbou").context["coverage"]

    assert "She wrote it" in offered[0][0] and "Her film" in offered[1][0]


def test_the_title_of_a_topic_is_not_matched_to_a_film(ask):
    make_film(title="Rain")
    ask(kind="topic", title="Rain")
    assert ReelRequest.objects.get().film is None


def test_similar_requests_are_shown_before_sending_with_a_vote_button(ask):
    wanted = make_request(title="Stalker, by Tarkovsky", votes=3)
    make_request(title="Something else")
    make_request(title="Stalker in secret", shown=False)
    page = ask(send_anyway=False, title="Tarkovskys Stalker", email="ana@example.com")
    body = page.content.decode()

    assert "Stalker, by Tarkovsky" in body and "3 want it" in body
    assert "Something else" not in body and "secret" not in body
    assert f'action="/reel-requests/{wanted.pk}/join/"' in body and 'value="ana@example.com"' in body


def test_the_form_keeps_its_text_when_it_is_sent_anyway(ask):
    make_request(title="Stalker")
    form = ask(send_anyway=False).context["form"]
    sent = {field.name: field.value() for field in form if field.value()}
    assert sent["why"] == FORM_DATA["why"] and sent["signed"] == FORM_DATA["signed"]
    assert "send_anyway" not in sent


def test_similar_requests_as_json(client, db):
    make_request(title="The Mirror", votes=1)
    found = client.get("/reel-requests/similar/?q=mirror").json()["similar"]

    assert [(title, vote_count) for title, _, vote_count in found] == [("The Mirror", 1)]
    assert client.get("/reel-requests/similar/?q=zzz").json() == {"similar": []}
    assert client.get("/reel-requests/similar/").json() == {"similar": []}


def test_a_misspelt_title_finds_similar_requests(client, db):
    make_request(title="The Umbrellas of Cherbourg")
    assert client.get("/reel-requests/similar/?q=Umbrelas Cherbourg").json()["similar"]


def test_a_title_in_the_url_fills_the_form(client, db):
    assert 'value="red dust"' in client.get(f"{ASK}?title=red+dust").content.decode()


# One vote per person


def test_a_browser_has_one_vote_for_a_request(client, db):
    request = make_request()
    for _ in range(3):
        assert vote_for(request, client).url == YOURS
    request.refresh_from_db()

    assert (request.vote_count, request.unconfirmed_count) == (0, 1)
    assert "without an address we cannot tell you" in client.get(YOURS).content.decode()


def test_an_email_address_counts_when_it_is_confirmed(client, db):
    request = make_request(title="Stalker")
    vote_for(request, client, email=" Ana@Example.com ")
    request.refresh_from_db()
    assert (request.vote_count, request.unconfirmed_count) == (0, 1)
    (mail,) = deliver()
    assert mail.to == ["ana@example.com"] and "Stalker" in mail.body

    link = link_in(mail)
    assert "One press" in client.get(link).content.decode() and not Fan.objects.exists()
    assert client.post(link).url == YOURS
    request.refresh_from_db()
    assert (request.vote_count, request.unconfirmed_count) == (1, 0)
    assert "Kept for ana@example.com" in client.get(YOURS).content.decode()
    assert client.post(link).status_code == 302  # a second POST changes nothing
    assert "You are counted" in client.get(link).content.decode()
    request.refresh_from_db()
    assert request.vote_count == 1


def test_a_fan_s_vote_is_confirmed_at_once_and_counted_once(db):
    request = make_request()
    for browser in (knowing("ana@example.com"), Client()):
        browser.cookies[FAN_COOKIE] = fan_cookie("ana@example.com")
        vote_for(request, browser)
        vote_for(request, browser)
    request.refresh_from_db()

    assert (request.vote_count, request.unconfirmed_count, Mail.objects.count()) == (1, 0, 0)


def test_a_second_person_at_the_same_browser_confirms_by_mail(db):
    browser = knowing("ana@example.com")
    request = make_request()
    vote_for(request, browser)
    vote_for(request, browser, email="ben@example.com")

    vote_for(request, browser, email="ben@example.com")
    assert list(request.votes.confirmed().values_list("email", flat=True)) == ["ana@example.com"]
    (mail, _) = deliver()
    assert mail.to == ["ben@example.com"]
    browser.post(link_in(mail))
    assert request.votes.confirmed().count() == request.votes.count() == 2


def test_confirming_also_confirms_the_other_votes_of_the_browser(client, db):
    first, second, third = make_request(), make_request(), make_request()
    vote_for(first, client)
    vote_for(second, client, email="ana@example.com")
    vote_for(third, client, email="ben@example.com")
    client.post(link_in(deliver()[0]))
    people = {each.pk: each.vote_count for each in ReelRequest.objects.all()}

    assert people == {first.pk: 1, second.pk: 1, third.pk: 0}


def test_confirming_does_not_confirm_the_votes_of_another_browser(client, db):
    """Somebody who types a stranger's address must not add other votes to that stranger."""
    wanted, other = make_request(), make_request()
    vote_for(other, client)
    vote_for(wanted, client, email="victim@example.com")
    Client().post(link_in(deliver()[0]))

    assert list(Vote.objects.confirmed().values_list("request", flat=True)) == [wanted.pk]


def test_two_browsers_of_one_person_become_one_vote(db):
    request = make_request()
    for browser in (Client(), Client()):
        vote_for(request, browser, email="ana@example.com")
    for mail in deliver():
        Client().post(link_in(mail))
    request.refresh_from_db()

    assert (request.vote_count, request.unconfirmed_count, request.votes.count()) == (1, 0, 1)


def test_the_database_holds_one_vote_per_person(db):
    request = make_request()
    make_vote(request, "ana@example.com")
    make_vote(request, browser="B")
    for wrong in ({"email": "ANA@example.com"}, {"browser": "B"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_vote(request, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(request=request)


def test_a_thousand_scripted_votes_do_not_change_the_order(db):
    """They come from twenty networks, without a cookie, with addresses that nobody confirms."""
    request, other = make_request(), make_request(votes=2)
    for number in range(1_000):
        vote_for(request, from_elsewhere(number % 20), email=f"bot{number}@example.com")
    request.refresh_from_db()

    assert request.vote_count == 0 and request.unconfirmed_count == 20 * 20
    assert list(ReelRequest.objects.shown().most_wanted()) == [other, request]
    with_cookie = Client()
    for _ in range(50):
        vote_for(other, with_cookie)
    other.refresh_from_db()
    assert other.unconfirmed_count == 1


def test_without_the_limits_scripted_votes_would_all_count(db, monkeypatch):
    """The negative control of the test before."""
    monkeypatch.setattr("reelrequests.views.reader_actions.record_hit", lambda *args: 0)
    request = make_request()
    for number in range(60):
        vote_for(request, from_elsewhere(number % 2))
    request.refresh_from_db()
    assert request.unconfirmed_count == 60


def test_an_email_address_gets_three_mails_a_day_at_most(db):
    for number in range(8):
        vote_for(make_request(), from_elsewhere(number), email="victim@example.com")
    assert len(deliver()) == 3


def test_a_bot_gets_the_page_and_no_vote(client, db):
    request = make_request()
    assert vote_for(request, client, website="x").url == YOURS
    assert not Vote.objects.exists() and BROWSER_COOKIE not in client.cookies


def test_an_invalid_email_address_shows_an_error(client, db):
    page = vote_for(make_request(), client, email="nonsense")
    assert page.status_code == 422 and "the address needs a look" in page.content.decode()
    assert not Vote.objects.exists()


def test_too_many_votes_from_one_network_are_refused(db):
    request = make_request()
    client = Client()
    client.cookies[BROWSER_COOKIE] = signing.dumps("B", salt=BROWSER_SALT)
    assert {vote_for(request, client).status_code for _ in range(30)} == {302}
    page = vote_for(request, client, email="ana@example.com")
    assert page.status_code == 429 and "ana@example.com" in page.content.decode()


def test_get_on_the_vote_url_redirects_to_the_request(client, db):
    request = make_request()
    assert client.get(f"/reel-requests/{request.pk}/join/").url == request.get_absolute_url()
    assert vote_for(make_request(shown=False), client).status_code == 404


def test_a_declined_request_takes_no_vote(client, db):
    request = make_request(status="declined", reason="We cannot.")
    assert vote_for(request, client).url == request.get_absolute_url()
    assert not Vote.objects.exists()


def test_a_forged_confirmation_link_is_a_404(client, db):
    page = client.get("/reel-requests/confirm/forged/")
    assert page.status_code == 404 and "leads nowhere" in page.content.decode()
    gone = make_vote(make_request(), "ana@example.com", confirmed=False)
    token = reader_actions.confirm_link(gone).sign()
    gone.delete()
    assert client.post(f"/reel-requests/confirm/{token}/").status_code == 404


def test_a_link_confirms_only_the_email_address_it_was_mailed_to(client, db):
    """Otherwise somebody could type a stranger's address afterwards and confirm it with an old link."""
    request = make_request()
    vote_for(request, client, email="mine@example.com")
    own = link_in(deliver()[0])
    vote_for(request, client, email="victim@example.com")

    assert client.post(own).status_code == 404
    assert not Vote.objects.confirmed().exists() and not Fan.objects.exists()


# Withdrawing


def test_withdrawing_a_vote(client, db):
    request, kept = make_request(), make_request()
    vote_for(request, client)
    vote_for(kept, client)
    vote = request.votes.get()
    client.post(YOURS, {"vote": [vote.pk, "x"]})
    request.refresh_from_db()

    assert request.unconfirmed_count == 0 and list(Vote.objects.values_list("request", flat=True)) == [
        kept.pk
    ]


def test_nobody_withdraws_the_vote_of_another_person(client, db):
    request = make_request()
    vote = make_vote(request, "ana@example.com")
    client.post(YOURS, {"vote": vote.pk})
    assert Vote.objects.filter(pk=vote.pk).exists()


def test_one_click_unsubscribe_of_a_mail_program_withdraws_the_vote(client, db):
    """RFC 8058: a POST with this field, without a cookie and without a redirect."""
    request = make_request()
    vote_for(request, client, email="ana@example.com")
    mail = deliver()[0]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    response = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200 and not Vote.objects.exists()
    again = Client().post(path, {"List-Unsubscribe": "One-Click"})
    assert again.status_code == 200 and "left already" in again.content.decode()


def test_the_button_on_the_withdraw_page_withdraws_the_vote(client, db):
    vote = make_vote(make_request(title="Stalker"), "ana@example.com")
    path = f"/reel-requests/leave/{vote.withdraw_key}/"
    assert "Stalker" in client.get(path).content.decode() and Vote.objects.exists()
    assert "hear no more" in client.post(path).content.decode()
    assert not Vote.objects.exists()


def test_expired_addresses_and_votes_are_purged(db):
    now = timezone.now()
    request = make_request()
    typed = make_vote(request, "ana@example.com", browser="A", confirmed=False)
    typed_elsewhere = make_vote(request, "cleo@example.com", confirmed=False)
    gone = make_vote(request, browser="B")
    sure = make_vote(request, "ben@example.com")
    late = now - reader_actions.UNCONFIRMED_RETENTION * 1.1
    Vote.objects.filter(pk__in=[typed.pk, typed_elsewhere.pk]).update(voted_at=late)
    Vote.objects.filter(pk__in=[gone.pk, sure.pk]).update(
        voted_at=now - reader_actions.BROWSER_RETENTION * 1.1
    )
    reader_actions.purge_expired(now)
    request.refresh_from_db()

    assert list(Vote.objects.order_by("pk").values_list("email", "browser")) == [
        ("", "A"),
        ("ben@example.com", ""),
    ]
    assert (request.vote_count, request.unconfirmed_count) == (1, 1)
    assert (
        Client().post(f"/reel-requests/confirm/{reader_actions.confirm_link(typed).sign()}/").status_code
        == 404
    )


def test_a_vote_that_is_confirmed_twice_is_confirmed_once(db):
    vote = make_vote(make_request(), "ana@example.com", confirmed=False)
    first = reader_actions.confirm_vote(vote, "", timezone.now())
    confirmed_at = first.confirmed_at

    assert reader_actions.confirm_vote(first, "", timezone.now()).confirmed_at == confirmed_at
    assert first.request.votes.count() == 1
