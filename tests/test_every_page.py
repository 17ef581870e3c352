"""What must hold on every page a reader can reach. An address without a row here fails."""

import copy
import re

import html5lib
import pytest
from defusedxml import ElementTree
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from films.models import Film, FilmAlias, Genre, Release
from magazine.models import Contributor, Correction, Pin
from tests.factories import (
    make_contributor,
    make_credit,
    make_film,
    make_interview,
    make_person,
    make_photo,
    make_review,
    tomorrow,
)

# Address pattern → an address, the exact number of queries it costs, and what kind of thing it is.
PAGES = {
    "": ("/", 4, "html"),
    "reviews/": ("/reviews/", 3, "html"),
    "reviews/<slug:slug>/": ("/reviews/dark/", 5, "html"),
    "interviews/": ("/interviews/", 1, "html"),
    "interviews/<slug:slug>/": ("/interviews/talk/", 6, "html"),
    "contributors/<slug:slug>/": ("/contributors/nora/", 3, "html"),
    "films/<slug:slug>/": ("/films/metropolis-1927/", 5, "html"),
    "films/<slug:slug>/art.svg": ("/films/metropolis-1927/art.svg", 1, "svg"),
    "films/<slug:slug>/backdrop.svg": ("/films/metropolis-1927/backdrop.svg", 1, "svg"),
    "people/<slug:slug>/": ("/people/lang/", 3, "html"),
    "photos/<int:pk>/<slug:version>/<slug:crop>-<int:width>.<slug:extension>": ("photo", 1, "picture"),
    "search/": ("/search/?q=dark", 5, "html"),
    "feeds/rss.xml": ("/feeds/rss.xml", 4, "feed"),
    "favicon.ico": ("/favicon.ico", 0, "redirect"),
    "robots.txt": ("/robots.txt", 0, "text"),
}
NOT_FOR_READERS = "desk/"
# No inline style or script, and nothing from anywhere else.
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", re.I)
LOADED = re.compile(
    r'<(?:img|source|script|iframe|video|link rel="(?:stylesheet|preload|icon)")[^>]*?(?:src|href)="([^"]+)"'
)


def addresses(patterns=None, prefix=""):
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield path
        elif path != NOT_FOR_READERS:
            yield from addresses(each.url_patterns, path)


@pytest.fixture
def magazine(db):
    """A magazine in which every page has everything on it."""
    photo = make_photo(caption="The door, late.", copyright="J-R Enterprises")
    film = make_film(
        title="Metropolis", original_title="Metropolis!", slug="metropolis-1927", year=1927, runtime=153,
        certificates="US PG, GB PG", aspect_ratio="1.33:1", countries="Germany", synopsis="A city.", poster=photo,
    )  # fmt: skip
    film.genres.add(Genre.objects.create(name="Drama", slug="drama"))
    FilmAlias.objects.create(film=film, title="Dark Metropolis")
    Release.objects.create(film=film, format="dvd", barcode="036000291452", street_date="2010-11-23")
    lang = make_person(
        name="Fritz Lang", slug="lang", bio="He wore a monocle.", born=1890, died=1976, portrait=photo
    )
    make_credit(film=film, person=lang, role=1)
    make_person(name="Anna Darkwood")
    for place in range(15):
        make_credit(film=film, role=3, order=place, character="A worker")
    nora = make_contributor(
        name="Nora", slug="nora", bio="She edits.", title="Editor", portrait=photo, disclosure="None."
    )
    review = make_review(
        nora, title="Dark & light", slug="dark", film=film, lead_photo=photo, dek="A dek.", pros="Light\nShade", cons="Dark",
        content_checked=True, content_notes="Peril, some: in reel two",
        body=f'<p>Dark.</p><details><summary>end</summary><p>All.</p></details><figure data-photo="{photo.pk}"></figure>'
        '<aside data-film="metropolis-1927">Metropolis (1927)</aside>',
    )  # fmt: skip
    review.tags.add("silent")
    Correction.objects.create(article=review, before="1926", after="1927")
    make_review(title="Another view", film=film).tags.add("silent")
    talk = make_interview(
        nora, title="Talk", slug="talk", film=film, lead_photo=photo, is_fiction=True, place="Tempe"
    )
    answer = talk.turns.get(kind="answer")
    answer.pull_from, answer.pull_to = 1, 3
    answer.text += f'<figure data-photo="{photo.pk}"></figure>'
    answer.save()
    Correction.objects.create(article=talk, note="A name was misspelt.")
    Pin.objects.create(slot="lead", article=review)
    Pin.objects.create(slot="second", article=talk, until=tomorrow())
    return photo


@pytest.fixture
def loud_templates(settings):
    """A template that prints a name nobody passed in says so instead of staying blank."""
    templates = copy.deepcopy(site_settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "MISSING[%s]"
    settings.TEMPLATES = templates


def address_of(pattern, photo):
    path = PAGES[pattern][0]
    return photo.url("wide", 320, "webp") if path == "photo" else path


def test_every_address_has_a_row():
    assert set(addresses()) == set(PAGES)


@pytest.mark.parametrize("pattern", PAGES)
def test_every_page(pattern, magazine, loud_templates, settings):
    path, (_, queries, kind) = address_of(pattern, magazine), PAGES[pattern]
    client = Client()

    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        body = response.getvalue()

    assert response.status_code == (301 if kind == "redirect" else 200)
    assert len(captured) == queries, "\n".join(query["sql"][:300] for query in captured)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    CHECKS[kind](body.decode() if kind != "picture" else body, settings)


def check_html(body, settings):
    assert "MISSING[" not in body
    assert not INLINE.findall(body)
    for loaded in LOADED.findall(body):
        assert loaded.startswith("/") and not loaded.startswith("//"), loaded
    html5lib.HTMLParser(strict=True).parse(body)
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert len(ids) == len(set(ids)), ids
    assert body.count("<h1") == 1


def check_xml(body, settings):
    assert "MISSING[" not in body
    ElementTree.fromstring(body)


CHECKS = {
    "html": check_html,
    "svg": check_xml,
    "feed": check_xml,
    "picture": lambda body, settings: body.startswith(b"RIFF") or pytest.fail("no WebP"),
    "text": lambda body, settings: "Disallow: /desk/" in body or pytest.fail(body),
    "redirect": lambda body, settings: None,
}


def test_costs_the_same_for_a_thousand_rows(magazine):
    film, person, nora = make_film(), make_person(), Contributor.objects.get(slug="nora")
    metropolis = Film.objects.get(slug="metropolis-1927")
    for number in range(950):
        review = make_review(nora, title="Dark again", film=metropolis if number % 2 else film)
        review.people.add(person)
        review.tags.add("silent")
    for _ in range(50):
        make_interview(nora, title="Dark talk", film=metropolis, answers=["One.", "Two.", "Three."])

    for pattern in [each for each in PAGES if PAGES[each][2] == "html"]:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address_of(pattern, magazine)).status_code == 200
        assert len(captured) == PAGES[pattern][1], pattern


@pytest.mark.parametrize("pattern", [each for each in PAGES if PAGES[each][2] == "html"])
def test_takes_no_other_method(pattern, magazine):
    assert Client().post(address_of(pattern, magazine)).status_code in (403, 405)


def test_the_checks_would_notice():
    """The negative control: each of these must be caught."""
    page = "<!doctype html><html lang=en><head><title>t</title></head><body><h1>x</h1>{}</body></html>"
    for wrong in (
        "<p style='color:red'>", "<script>1</script>", "<p onclick='x()'>", "MISSING[film]",
        '<img src="https://elsewhere.example/x.png" alt="">', '<i id="a"></i><i id="a"></i>', "<p></div>",
    ):  # fmt: skip
        with pytest.raises((AssertionError, html5lib.html5parser.ParseError)):
            check_html(page.format(wrong), None)


def test_missing_pages_say_so_kindly(db):
    response = Client().get("/reviews/no-such-film/")

    assert response.status_code == 404
    assert "This reel is missing" in response.content.decode()
    check_html(response.content.decode(), None)


def test_a_failure_of_ours_says_so_kindly(db, monkeypatch):
    monkeypatch.setattr("cinemaclips.views.places", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "The film has torn" in response.content.decode()
    check_html(response.content.decode(), None)


def test_an_empty_magazine_has_no_holes(db):
    for path in ("/", "/reviews/", "/interviews/", "/search/", "/feeds/rss.xml"):
        assert Client().get(path).status_code == 200
