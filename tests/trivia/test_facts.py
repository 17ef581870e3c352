"""Facts are published from the day of their check, and show it on every page."""

from datetime import timedelta

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import (
    make_contributor,
    make_disc_review,
    make_fact,
    make_film,
    make_person,
    make_review,
    make_staff,
)
from tests.test_canary import SECRET, paths_with_secret
from trivia.models import Fact


@pytest.fixture
def cast(db):
    film, person = make_film(title="Laura", slug="laura"), make_person(name="Dana", slug="dana")
    return film, person, make_contributor(name="Nora")


def everywhere(cast):
    film, person, critic = cast
    review, disc = make_review(critic, film=film), make_disc_review(critic, film=film)
    return paths_with_secret(film, person, critic, [review.get_absolute_url(), disc.get_absolute_url()])


PLACES = {"/trivia/", "/films/laura/", "/people/dana/", "/feeds/facts/rss.xml", "/feeds/facts/atom.xml"}


def test_a_checked_fact_is_on_all_pages_of_its_film_and_person(cast):
    film, person, critic = cast
    fact = make_fact(film=film, person=person, text=f"A {SECRET} played.", checked_by=critic)
    sung = everywhere(cast)

    assert sung >= PLACES | {f"/search/?q={SECRET[:6]}"}
    assert {path.split("/")[1] for path in sung} == {
        "trivia",
        "films",
        "people",
        "feeds",
        "search",
        "reviews",
        "dvdelighted",
    }
    assert fact.get_absolute_url() == f"/films/laura/#fact-{fact.pk}"


@pytest.mark.parametrize("waiting", [{"checked_on": None, "checked_by": None}, {"checked_on": "tomorrow"}])
def test_an_unchecked_fact_is_on_no_page(cast, waiting):
    film, person, critic = cast
    if waiting["checked_on"]:
        waiting = {"checked_on": timezone.localdate() + timedelta(days=1), "checked_by": critic}
    make_fact(film=film, person=person, text=SECRET, **waiting)

    assert everywhere(cast) == set()


def test_a_fact_that_spoils_is_folded_and_in_no_feed_or_search(cast, client):
    film, person, _ = cast
    make_fact(film=film, person=person, text=SECRET, spoils=True)
    sung = everywhere(cast)

    assert sung & PLACES == {"/trivia/", "/films/laura/", "/people/dana/"}
    assert not [path for path in sung if "search" in path or "feeds" in path]
    for path in sung:
        page = client.get(path).content.decode().partition("<main")[2]
        assert page.index("<details") < page.index(SECRET) < page.index("</details>")


def test_the_list_of_facts_names_subject_and_checker(cast, client):
    film, person, critic = cast
    make_fact(
        film=film,
        person=person,
        checked_by=critic,
        source="Her letters, p. 9",
        source_url="https://example.com/",
    )
    make_fact(person=person, checked_by=critic)
    page = client.get("/trivia/").content.decode()

    assert page.count("by Nora") == 2 and page.count(">Dana</a>") == 2 and page.count(">Laura</a>") == 1
    assert '<a href="https://example.com/">Her letters, p. 9</a>' in page


def test_the_feed_can_be_read(cast, client):
    film, _, critic = cast
    fact = make_fact(film=film, text="It rained & rained.", checked_by=critic)
    feed = feedparser.parse(client.get("/feeds/facts/rss.xml").content)

    assert not feed.bozo
    entry = feed.entries[0]
    assert (entry.title, entry.summary) == (str(film), "It rained & rained. (The film itself.)")
    assert entry.link.endswith(f"/films/laura/#fact-{fact.pk}") and entry.id.endswith(
        f"/trivia/facts/{fact.pk}"
    )


def test_a_check_is_good_for_two_years(cast):
    today = timezone.localdate()
    old = make_fact(checked_on=today - timedelta(days=731))
    make_fact(checked_on=today - timedelta(days=730))
    never = make_fact(checked_on=None)

    assert list(Fact.objects.to_check()) == [never, old]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"film": None}, "Choose the film or the person"),
        ({"checked_by": None}, "A check has a name and a day"),
        ({"source": ""}, "be blank"),
    ],
)
def test_a_fact_needs_a_subject_and_a_source(cast, wrong, sentence):
    fact = make_fact(film=cast[0])
    for name, value in wrong.items():
        setattr(fact, name, value)
    with pytest.raises(ValidationError, match=sentence):
        fact.full_clean()
    with pytest.raises(IntegrityError):
        fact.save()


def test_the_desk_lists_facts_to_check(client, cast):
    make_fact(text="Fresh")
    make_fact(text="Never", checked_on=None)
    client.force_login(make_staff())

    assert "Fresh" in client.get("/desk/trivia/fact/").content.decode()
    page = client.get("/desk/trivia/fact/?check=due").content.decode()
    assert "Never" in page and "Fresh" not in page
