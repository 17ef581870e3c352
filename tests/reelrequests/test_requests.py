"""What readers see: the list, the page of a request, and requests on other pages and in feeds."""

from datetime import timedelta

import feedparser
import pytest
import vobject
from django.test import Client
from django.utils import timezone

from about.models import Airing
from reelrequests import staff_actions
from reelrequests.models import ReelRequest
from tests.factories import (
    make_channel,
    make_episode,
    make_film,
    make_person,
    make_request,
    make_review,
    make_vote,
    tomorrow,
)

LIST = "/reel-requests/"


def titles(client, query=""):
    return [reel_request.title for reel_request in client.get(f"{LIST}{query}").context["page"]]


@pytest.fixture
def requests_in_every_status(db):
    """One request in every status, and some that readers may not see."""
    planned = make_request(title="Planned", votes=3)
    planned.status, planned.planned_for = "planned", timezone.localdate() + timedelta(days=40)
    staff_actions.save_changes(planned, "Nora", timezone.now())
    make_request(title="New", votes=5, why="Because of the tram.", signed="Wendell")
    make_request(title="Filmed", status="production", votes=1)
    make_request(title="No", status="declined", reason="It is lost.")
    make_request(title="Covered", piece=make_review(title="Into the zone"))
    make_request(title="Aired", piece=make_episode(title="The zone"))
    make_request(title="A clip", kind="clip")
    make_request(title="Hidden", shown=False)
    make_request(title="Spam", shown=False, moderation="spam")


def test_the_list_shows_open_requests_with_the_most_wanted_first(client, requests_in_every_status):
    assert titles(client) == ["New", "Planned", "Filmed", "A clip"]
    body = client.get(LIST).content.decode()
    assert "Because of the tram." in body and "Asked by Wendell" in body and "Planned for" in body


def test_the_list_can_be_filtered_and_sorted(client, requests_in_every_status):
    assert titles(client, "?status=covered") == ["Covered"]
    assert titles(client, "?status=on-air") == ["Aired"]
    assert titles(client, "?status=declined") == ["No"]
    assert titles(client, "?status=new") == ["New", "A clip"]
    assert titles(client, "?kind=clip") == ["A clip"]
    assert titles(client, "?order=new")[0] == "A clip"
    assert titles(client, "?status=nonsense") == ["New", "Planned", "Filmed", "A clip"]


def test_the_page_of_a_request_shows_its_history(client, requests_in_every_status):
    page = client.get(ReelRequest.objects.get(title="Planned").get_absolute_url()).content.decode()
    for part in ("<b>3</b> want it", "Asked for", "Planned", "I want it too", "For "):
        assert part in page
    page = client.get(ReelRequest.objects.get(title="No").get_absolute_url()).content.decode()
    assert "It is lost." in page and "I want it too" not in page
    page = client.get(ReelRequest.objects.get(title="Covered").get_absolute_url()).content.decode()
    assert "Into the zone" in page and "We have covered it" in page and "I want it too" not in page


def test_a_request_on_air_shows_its_air_times(client, db):
    episode = make_episode(title="The zone")
    airing = Airing.objects.create(episode=episode, channel=make_channel(), starts_at=tomorrow())
    page = client.get(make_request(piece=episode).get_absolute_url()).content.decode()
    assert "It is on the show" in page and f"{airing.local_start:%a} {airing.local_start.day}" in page


def test_an_unpublished_piece_changes_nothing_for_readers(client, db):
    page = client.get(
        make_request(piece=make_review(title="Secret", published_at=tomorrow())).get_absolute_url()
    )
    assert "Secret" not in page.content.decode() and "I want it too" in page.content.decode()


def test_requests_are_listed_with_their_film_and_person_and_on_the_front_page(client, db):
    make_review()
    film, person = make_film(slug="stalker"), make_person(slug="thea")
    make_request(title="The zone, please", film=film, votes=2)
    make_request(title="She wrote it", person=person)
    make_request(title="Not yet looked at", film=film, shown=False)

    for path, title in (
        ("/films/stalker/", "The zone, please"),
        ("/people/thea/", "She wrote it"),
        ("/", "She wrote it"),
    ):
        body = client.get(path).content.decode()
        assert title in body and "Not yet looked at" not in body, path


def test_a_search_without_results_links_to_the_request_form(client, db):
    make_review()
    body = client.get("/search/?q=zardoz").content.decode()
    assert "/reel-requests/ask/?title=zardoz" in body


@pytest.mark.parametrize(("status", "first"), [
    ("new", "A clip"), ("planned", "Planned"), ("production", "Filmed"), ("on-air", "Aired"), ("covered", "Covered"),
    ("declined", "No"),
])  # fmt: skip
def test_every_status_has_a_feed(client, requests_in_every_status, status, first):
    for kind in ("rss", "atom"):
        feed = feedparser.parse(client.get(f"/feeds/requests/{status}/{kind}.xml").content)
        assert not feed.bozo and feed.entries[0].title == first
    assert client.get("/feeds/requests/nonsense/rss.xml").status_code == 404


def test_planned_requests_as_icalendar(client, requests_in_every_status):
    """Only requests planned for a day; the file is parsed by a second library."""
    calendar = vobject.readOne(client.get("/reel-requests/planned.ics").content.decode())
    (event,) = calendar.vevent_list
    assert event.summary.value == "Planned: Planned"
    assert event.dtstart.value == timezone.localdate() + timedelta(days=40)


def test_every_public_request_is_in_the_sitemap(client, requests_in_every_status):
    body = client.get("/sitemap-requests.xml").content.decode()
    for request in ReelRequest.objects.all():
        assert (f"{request.get_absolute_url()}<" in body) == request.is_public


def test_the_list_is_the_same_for_every_visitor(db):
    request = make_request()
    mine = Client()
    mine.post(f"/reel-requests/{request.pk}/join/")
    assert mine.get(LIST).content == Client().get(LIST).content
    assert "Cookie" not in mine.get(LIST).headers.get("Vary", "")


def test_unconfirmed_votes_are_counted_apart(client, db):
    request = make_request(title="Both", votes=2)
    make_vote(request, browser="B")
    page = client.get(request.get_absolute_url()).content.decode()
    assert "<b>2</b> want it, and 1 more without an address" in page
