"""The demo magazine goes in whole and comes out whole."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from about.models import Episode
from blog.models import Post
from cinemaclips.demo import load, remove
from cinemaclips.demo.rooms import Rooms
from cinemaclips.demo.texts import lines
from cinemaclips.management.commands.setup import write_starters
from cinemaclips.models import DemoRow
from dvdelighted.models import DiscReview
from films.models import Film, Person
from gallery.models import Album, Picture
from interviews.models import Interview, Turn
from links.models import Link
from magazine.models import Article, Contributor
from photos.models import Photo
from picks.models import PickList
from press.models import Mention, PressRelease
from reviews.models import Review
from tests.factories import make_film, make_person, make_review
from trivia.models import Fact, Question, Quiz

KEPT_BY_DJANGO = {"contenttypes.contenttype", "auth.permission", "taggit.tag"}


def everything():
    return {
        model._meta.label_lower: model.objects.count()
        for model in apps.get_models()
        if model._meta.label_lower not in KEPT_BY_DJANGO
    }


@pytest.fixture
def demo(db):
    write_starters()
    load("a demo password")


def test_the_sizes_that_were_promised(demo):
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
    assert [quiz.questions.count() for quiz in Quiz.objects.order_by("-published_at")] == [10, 9, 8, 10, 7, 3]
    assert all(350 <= review.word_count <= 700 for review in Review.objects.all())
    assert all(interview.is_fiction for interview in Interview.objects.all())


def test_every_piece_could_be_published_by_an_editor(demo):
    for article in Article.objects.with_pieces():
        piece = article.piece
        piece.full_clean()
        assert piece.obstacles() == []
    for film in Film.objects.all():
        film.full_clean()
        assert film.synopsis and film.credits.filter(role=1).exists()


def test_every_fact_can_be_looked_up_and_names_whom_it_says(demo):
    for fact in Fact.objects.all():
        fact.full_clean()
    named = {cells[1] for cells in lines("facts.txt") if cells[1]}
    assert set(Fact.objects.exclude(person=None).values_list("person__name", flat=True)) == named


def test_every_question_can_be_asked_and_looked_up(demo):
    for question in Question.objects.with_options():
        question.full_clean()
        assert question.obstacle() is None and question.source, question
    assert set(Question.objects.values_list("kind", flat=True)) == {
        "choice",
        "true_false",
        "several",
        "typed",
        "order",
    }
    assert Question.objects.exclude(piece=None).count() > 30


NOT_FOLLOWED = ("/static/", "/photos/", "/cards/", "/press/kit.zip")


def test_no_link_in_the_whole_magazine_leads_nowhere(demo, client):
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
            waiting += fresh

    assert seen.issuperset(["/reviews/", "/gallery/the-booth/", "/feeds/rss.xml", "/people/fritz-lang/"])
    assert len(seen) > 700
    assert [each for each in named if each[1] not in anchors[each[0]]] == []
    assert len(named) > 40


def test_every_interview_has_its_quote(demo):
    assert {turn.interview for turn in Turn.objects.quotes() if turn.pull_quote} == set(
        Interview.objects.all()
    )


def test_removing_takes_exactly_the_demo_away(db):
    make_film(title="Ours")
    before = everything()
    load("a demo password")
    gone, kept = remove()

    assert everything() == before
    assert (gone > 500, kept) == (True, [])


def test_files_go_too(transactional_db, settings):
    load("a demo password")
    masters = settings.MEDIA_ROOT / "masters"
    assert len(list(masters.iterdir())) == Photo.objects.count() == 50
    photo = Photo.objects.first()
    photo.size_file("square", photo.sizes("square")[0], "webp")
    remove()
    assert list(masters.iterdir()) == []
    assert list(settings.PRINTS_ROOT.iterdir()) == []


def test_what_staff_built_on_the_demo_stays(demo):
    film = Film.objects.get(title="Metropolis")
    ours = make_review(title="Ours", film=film)
    person = Person.objects.get(name="Fritz Lang")
    ours.people.add(person)
    _, kept = remove()

    assert set(kept) == {
        "Metropolis (1927)",
        "Fritz Lang",
        *(str(credit.person) for credit in film.credits.all()),
    }
    assert Review.objects.get() == ours


def test_films_that_were_there_are_used_and_stay(db):
    metropolis, lang = make_film(title="Metropolis", year=1927), make_person(name="Fritz Lang")
    load("a demo password")
    assert Review.objects.get(title="Metropolis").film == metropolis
    remove()

    assert list(Film.objects.all()) == [metropolis]
    assert list(Person.objects.all()) == [lang]


def test_an_address_that_is_taken_is_no_obstacle(db):
    make_review(slug="metropolis")
    load("a demo password")

    assert Review.objects.filter(slug="metropolis-2").exists()


def test_loading_twice_changes_nothing(demo):
    before = everything()
    assert load("another password") is False
    assert everything() == before


def test_all_or_nothing_on_the_disk_too(db, monkeypatch, settings):
    monkeypatch.setattr("cinemaclips.demo.loading._user", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load("a demo password")

    assert not DemoRow.objects.exists() and not Film.objects.exists()
    assert list((settings.MEDIA_ROOT / "masters").iterdir()) == []


def test_the_command_keeps_the_log_in_and_forgets_it(db, capsys, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    User.objects.create_user("editor")
    call_command("demo")
    call_command("demo")
    password = (tmp_path / "demo_login").read_text()
    film = Film.objects.get(title="Detour")
    make_review(film=film)
    call_command("demo", remove=True)

    told = capsys.readouterr().out
    assert len(password) >= 16
    assert "The demo magazine is in." in told and "in already; nothing was changed" in told
    assert "rows of the demo magazine are gone" in told and "Kept, because your own pieces need them" in told
    assert not (tmp_path / "demo_login").exists()
    assert str(DemoRow(content_type_id=1, object_id=3)).endswith("3")
    assert tmp_path == settings.DATA_DIR


def test_days_are_those_of_the_site_s_zone():
    late = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # in Phoenix it is still Sunday

    assert Rooms(None, {}, {}, late)._day("0") == date(2026, 11, 22)
