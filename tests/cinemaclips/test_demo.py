"""The demo magazine is complete, every piece can be published, and no link is broken."""

import re
from datetime import UTC, date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection

from about.models import Episode
from blog.models import Post
from cinemaclips.demo.contests import sources_after
from cinemaclips.demo.sections import DemoSections
from cinemaclips.demo.text_files import read_rows
from dvdelighted.models import DiscReview
from films.models import Film, Person
from gallery.models import Album, Picture
from interviews.models import Interview, Turn
from links.models import Link
from magazine.models import Article, Contributor
from picks.models import PickList
from press.models import Mention, PressRelease
from reviews.models import Review
from tests.conftest import copy_database
from tests.factories import make_review
from trivia.models import Fact, Question, Quiz


@pytest.fixture(scope="module")
def loaded(first_run, empty_site, django_db_blocker):
    """The demo, as the first run has loaded it: what each test changes is undone behind it."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        copy_database(first_run.folder / "db.sqlite3", connection.connection)
        yield
        copy_database(empty_site / "db.sqlite3", connection.connection)


@pytest.fixture
def demo(loaded, db):
    """A magazine with the demo in it."""


def test_the_demo_has_the_promised_numbers_of_records(demo):
    assert (
        Film.objects.count(),
        Review.objects.count(),
        Interview.objects.count(),
        Contributor.objects.count(),
    ) == (62, 16, 4, 6)
    kinds = (DiscReview, Album, Picture, PressRelease, Mention, PickList, Link, Post, Episode)
    assert [kind.objects.count() for kind in kinds] == [10, 6, 40, 3, 6, 5, 30, 10, 10]
    assert Fact.objects.published().count() == 89
    assert Question.objects.live().count() == 161
    assert [quiz.questions.count() for quiz in Quiz.objects.published().order_by("-published_at")] == [
        10,
        9,
        8,
        10,
        7,
        3,
    ]
    assert all(350 <= review.word_count <= 700 for review in Review.objects.all())
    assert all(interview.is_fiction for interview in Interview.objects.all())


def test_every_piece_could_be_published_by_an_editor(demo):
    for article in Article.objects.with_pieces():
        piece = article.piece
        piece.full_clean()
        assert piece.publish_blockers() == []
    for film in Film.objects.all():
        film.full_clean()
        assert film.synopsis and film.credits.filter(role=1).exists()


def test_every_fact_has_a_source_and_names_its_subject(demo):
    for fact in Fact.objects.all():
        fact.full_clean()
    named = {cells[1] for cells in read_rows("facts.txt") if cells[1]}
    assert set(Fact.objects.exclude(person=None).values_list("person__name", flat=True)) == named


def test_every_question_is_valid_and_has_a_source(demo):
    for question in Question.objects.with_options():
        question.full_clean()
        assert question.publish_blocker() is None and question.source, question
    assert set(Question.objects.values_list("kind", flat=True)) == {
        "choice",
        "true_false",
        "several",
        "typed",
        "order",
    }
    assert Question.objects.exclude(piece=None).count() > 30


NOT_FOLLOWED = ("/static/", "/photos/", "/cards/", "/press/kit.zip")


def test_no_link_in_the_demo_is_broken(demo, client):
    seen, waiting, anchors, named = set(), ["/"], {}, set()
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        assert response.status_code == 200, path
        if response["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            anchors[path] = set(re.findall(r'\sid="([^"]+)"', html))
            links = {unescape(link) for link in re.findall(r'(?:href|src)="([/#][^"]*)', html)}
            named |= {
                (link.partition("#")[0] or path, link.partition("#")[2]) for link in links if "#" in link
            }
            fresh = (
                {link.partition("#")[0] for link in links if not link.startswith(NOT_FOLLOWED)} - seen - {""}
            )
            seen |= fresh
            # Of the four hundred pages of people, one in eight is requested; the others are only resolved.
            people = [link for link in sorted(fresh) if link.startswith("/people/") and "?" not in link]
            known = set(Person.objects.values_list("slug", flat=True))
            assert {link.strip("/").partition("/")[2] for link in people} <= known | {""}
            waiting += fresh - {link for at, link in enumerate(people) if at % 8 and link != "/people/"}

    assert seen.issuperset(["/reviews/", "/gallery/the-booth/", "/feeds/rss.xml", "/people/fritz-lang/"])
    assert len(seen) > 700
    assert [each for each in named if each[1] not in anchors[each[0]]] == []
    assert len(named) > 40


def test_every_interview_has_a_pull_quote(demo):
    assert {turn.interview for turn in Turn.objects.pull_quotes() if turn.pull_quote} == set(
        Interview.objects.all()
    )


def test_removal_keeps_what_staff_built_on_the_demo(demo, capsys, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("demo")
    assert "in already; nothing was changed" in capsys.readouterr().out
    film, writer = Film.objects.get(title="Metropolis"), Contributor.objects.first()
    ours = make_review(writer, title="Ours", film=film)
    ours.people.add(Person.objects.get(name="Fritz Lang"))
    cast = {str(credit.person) for credit in film.credits.all()}
    call_command("demo", remove=True)

    gone, kept = capsys.readouterr().out.splitlines()
    assert "rows of the demo magazine are gone" in gone
    because, _, names = kept.rstrip(".").partition(": ")
    assert because == "Kept, because your own pieces need them"
    assert set(names.split(", ")) == {"Metropolis (1927)", "Fritz Lang", str(writer), *cast}
    assert (Review.objects.get(), Contributor.objects.get()) == (ours, writer)
    assert not (tmp_path / "demo_login").exists()


def test_days_of_the_demo_are_in_the_site_s_zone():
    late = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # still Sunday in Phoenix

    assert DemoSections(None, {}, {}, late).date_in("0") == date(2026, 11, 22)


@pytest.mark.parametrize(("day", "drawn_on"), [(24, 25), (25, 25), (26, 28), (27, 28), (28, 28), (29, 30)])
def test_the_demo_names_the_next_powerball_whatever_the_weekday(day, drawn_on):
    """Powerball is drawn on Monday, Wednesday and Saturday; the 24th of November 2026 is a Tuesday."""
    (game, evening), (beacon, later) = sources_after(datetime(2026, 11, day, 8, tzinfo=UTC))
    local = evening.astimezone(ZoneInfo("America/New_York"))
    assert (game, beacon, local.day) == ("powerball", "drand", drawn_on) and later > evening
