"""A secret word must not sing: in a spoiler, a draft, an embargoed or a scheduled piece."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Interview
from magazine.models import Pin
from tests.factories import make_contributor, make_film, make_interview, make_person, make_review, make_staff
from tests.test_every_page import PAGES, addresses

SECRET = "xylophonist"
SPOILT = f"<p>Before.</p><details><summary>{SECRET}</summary><p>{SECRET}</p></details><p>After.</p>"


def sung_on(film, person, critic, slugs=()):
    """Every address of the magazine whose answer, body or headers, contains the word."""
    # Asking for the word itself may repeat it in the search box; only what is found counts.
    paths = [
        "/", "/reviews/", "/interviews/", "/feeds/rss.xml", "/robots.txt", f"/search/?q={SECRET[:6]}",
        film.get_absolute_url(), person.get_absolute_url(), critic.get_absolute_url(),
        film.art_url, f"/films/{film.slug}/backdrop.svg", *slugs,
    ]  # fmt: skip
    return {path for path in paths if sings(Client().get(path))}


def sings(response):
    body = response.getvalue().decode() if response.status_code != 404 else ""
    return SECRET in body.lower() or SECRET in str(response.headers).lower()


@pytest.fixture
def cast(db):
    return make_film(title="Laura"), make_person(name="Dana"), make_contributor()


def with_everything(make, cast, **fields):
    film, person, critic = cast
    piece = make(critic, film=film, **fields)
    piece.people.add(person)
    piece.tags.add("noir")
    Pin.objects.create(slot="lead", article=piece)
    open_piece = make_review(critic, film=film)
    open_piece.see_also.add(piece)
    return [piece.get_absolute_url(), open_piece.get_absolute_url()]


HIDDEN = {
    "a draft": lambda now: {"published_at": None},
    "a scheduled piece": lambda now: {"published_at": now + timedelta(seconds=1)},
    "an embargoed piece": lambda now: {
        "published_at": now + timedelta(hours=1),
        "embargo_until": now + timedelta(minutes=30),
    },
}


@pytest.mark.parametrize("make", [make_review, make_interview])
@pytest.mark.parametrize("state", HIDDEN)
def test_nothing_sings_before_its_time(state, make, cast):
    hidden = HIDDEN[state](timezone.now() + timedelta(minutes=5))
    slugs = with_everything(
        make, cast, title=SECRET, verdict=SECRET, dek=SECRET, body=f"<p>{SECRET}</p>", **hidden
    )

    assert sung_on(*cast, slugs) == set()


@pytest.mark.parametrize("make", [make_review, make_interview])
def test_a_scheduled_piece_is_everywhere_a_second_later(make, cast, monkeypatch):
    due = timezone.now() + timedelta(days=1)
    slugs = with_everything(make, cast, title=SECRET, published_at=due)
    room = "/reviews/" if make is make_review else "/interviews/"
    film, person, critic = cast

    monkeypatch.setattr(timezone, "now", lambda: due - timedelta(seconds=1))
    assert sung_on(*cast, slugs) == set()

    monkeypatch.setattr(timezone, "now", lambda: due + timedelta(seconds=1))
    assert sung_on(*cast, slugs) == {
        "/", room, "/feeds/rss.xml", f"/search/?q={SECRET[:6]}", *slugs,
        film.get_absolute_url(), person.get_absolute_url(), critic.get_absolute_url(),
    }  # fmt: skip


@pytest.mark.parametrize("make", [make_review, make_interview])
def test_a_spoiler_is_on_its_own_page_only_and_folded_there(make, cast):
    own, other = with_everything(make, cast, body=SPOILT)

    assert sung_on(*cast, [own, other]) == {own}
    page = Client().get(own).content.decode().partition("<main")[2]
    assert page.index("<details>") < page.index(SECRET) < page.index("</details>")


def test_a_spoiler_in_an_answer_is_folded_and_in_no_quote(cast):
    talk = make_interview(cast[2], film=cast[0], answers=["They"])
    answer = talk.turns.get(kind="answer")
    answer.text, answer.pull_from, answer.pull_to = SPOILT, 1, 9
    answer.save()
    talk.index()

    assert sung_on(*cast, [talk.get_absolute_url()]) == {talk.get_absolute_url()}
    assert answer.pull_quote == "Before. After."


@pytest.mark.parametrize("make", [make_review, make_interview])
def test_a_piece_that_gives_away_everything_is_folded_whole(make, cast):
    own, other = with_everything(make, cast, body=f"<p>{SECRET}</p>", spoils=True)

    assert sung_on(*cast, [own, other]) == {own}
    page = Client().get(own).content.decode().partition("<main")[2]
    assert page.index("gives away") < page.index(SECRET) < page.index("</details>")


def test_no_quote_is_picked_from_a_conversation_that_gives_away_endings(cast):
    talk = make_interview(cast[2], film=cast[0], answers=[SECRET], spoils=True, afterword=f"<p>{SECRET}</p>")
    talk.turns.filter(kind="answer").update(pull_from=1, pull_to=1)

    assert sung_on(*cast, [talk.get_absolute_url()]) == {talk.get_absolute_url()}
    Interview.objects.update(spoils=False)
    assert "/" in sung_on(*cast)  # the control: it would be on the front page


def test_content_details_stay_on_the_page(cast):
    own, other = with_everything(
        make_review, cast, content_checked=True, content_notes=f"Peril, some: {SECRET}"
    )

    assert sung_on(*cast, [own, other]) == {own}


def test_staff_preview_a_draft_at_its_address(cast, client):
    review = make_review(title=SECRET, published_at=None)
    client.force_login(make_staff())

    response = client.get(review.get_absolute_url())

    assert SECRET in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Only staff see this page" in response.content.decode()


def test_every_kind_of_page_is_asked():
    """The canary's list of addresses must keep up with the table of pages."""
    asked = {
        "", "reviews/", "interviews/", "feeds/rss.xml", "robots.txt", "search/", "films/<slug:slug>/",
        "people/<slug:slug>/", "contributors/<slug:slug>/", "films/<slug:slug>/art.svg",
        "films/<slug:slug>/backdrop.svg", "reviews/<slug:slug>/", "interviews/<slug:slug>/",
    }  # fmt: skip
    cannot_sing = {"favicon.ico", "photos/<int:pk>/<slug:version>/<slug:crop>-<int:width>.<slug:extension>"}
    assert set(addresses()) == set(PAGES) == asked | cannot_sing


def test_the_canary_would_sing(cast):
    """The negative control: the same word in the open is found."""
    slugs = with_everything(make_review, cast, title=SECRET)

    assert {"/", "/reviews/", "/feeds/rss.xml", *slugs} <= sung_on(*cast, slugs)
