"""
The canary: puts a secret word into spoilers and unpublished pieces, and looks for it on every page.

Unpublished pieces are drafts, scheduled and embargoed ones; unlisted ones are only at their own URL.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from about.models import Segment
from interviews.models import Interview
from magazine.models import Article, Byline, Correction, Pin
from magazine.share_cards import share_card_for
from reelrequests.models import ReelRequest
from tests.factories import (
    make_album,
    make_contest,
    make_contributor,
    make_disc_review,
    make_entry,
    make_episode,
    make_film,
    make_interview,
    make_person,
    make_photo,
    make_pick_list,
    make_post,
    make_press_release,
    make_quiz,
    make_request,
    make_review,
    make_staff,
)
from tests.section_pages import SECTION_PAGES, WITH_PAGES
from tests.test_every_page import PAGES, url_patterns

SECRET = "xylophonist"
SPOILER_BODY = f"<p>Before.</p><details><summary>{SECRET}</summary><p>{SECRET}</p></details><p>After.</p>"


def paths_with_secret(film, person, critic, slugs=()):
    """All URLs of the magazine whose response contains the word in body or headers."""
    # A search for the word repeats it in the search box, so only its results are checked.
    paths = [
        *SECTION_PATHS, *WELL_KNOWN_PATHS, *FEED_PATHS, f"/search/?q={SECRET[:6]}", f"/search/suggest/?q={SECRET[:6]}", "/tags/noir/",
        film.get_absolute_url(), person.get_absolute_url(), critic.get_absolute_url(),
        f"/dvdelighted/editions/{film.slug}/", film.art_url, f"/films/{film.slug}/backdrop.svg", *slugs,
        *(f"/sitemap-{section}.xml" for section in SECTIONS), "/sitemap-pictures.xml", "/sitemap-films.xml",
        *(f"/feeds/sections/{section}/rss.xml" for section in SECTIONS),
        f"/feeds/films/{film.slug}/rss.xml", f"/feeds/films/{film.slug}/atom.xml", "/feeds/tags/noir/rss.xml",
        f"/feeds/contributors/{critic.slug}/atom.xml", *months(),
        *(asked.get_absolute_url() for asked in ReelRequest.objects.all()),
    ]  # fmt: skip
    return {path for path in paths if contains_secret(Client().get(path))}


SECTIONS = [
    "reviews",
    "interviews",
    "trivia",
    "dvdelighted",
    "contest",
    "gallery",
    "press",
    "picks",
    "blog",
    "about",
]
SECTION_PATHS = """
    / /reviews/ /interviews/ /trivia/ /trivia/quizzes/ /trivia/leaderboards/ /trivia/rulings/ /trivia/nickname/ /trivia/daily/ /trivia/sources/ /trivia/daily/archive/ /trivia/daily/restore/ /dvdelighted/ /dvdelighted/calendar/ /contest/ /contest/did-i-win/ /reel-requests/ /reel-requests/?status=covered /reel-requests/?status=on-air /reel-requests/ask/ /reel-requests/yours/ /gallery/ /press/ /press/about-us/ /picks/
    /picks/of-the-week/ /links/ /blog/ /blog/overheard/ /about/ /about/show/ /about/staff/ /about/corrections/
    /about/contact/ /about/contact/thanks/ /my-data/ /my-data/sent/ /my-data/erased/ /tags/ /films/ /people/
""".split()
WELL_KNOWN_PATHS = [
    *("/robots.txt", "/sitemap.xml", "/opensearch.xml", "/manifest.webmanifest", "/.well-known/security.txt"),
    *("/about/show/airings.ics", "/dvdelighted/calendar.ics", "/press/kit.zip", "/reel-requests/planned.ics"),
]
FEED_PATHS = """
    /feeds/ /feeds/rss.xml /feeds/atom.xml /feeds/feed.json /feeds/corrections/rss.xml /feeds/corrections/atom.xml
    /feeds/draws/rss.xml /feeds/draws/atom.xml /feeds/requests/covered/rss.xml /feeds/requests/on-air/atom.xml
    /feeds/requests/new/rss.xml /feeds/requests/production/atom.xml
    /feeds/links/rss.xml /feeds/links/atom.xml /feeds/facts/rss.xml /feeds/facts/atom.xml
""".split()


def months():
    """The paths of blog archives and of calendar months around today."""
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        yield f"/blog/{day.year}/"
        yield f"/blog/{day.year}/{day.month}/"
        yield f"/dvdelighted/calendar/{day.year}/{day.month}/"


def contains_secret(response):
    body = response.getvalue().decode("utf-8", "replace") if response.status_code != 404 else ""
    return SECRET in body.lower() or SECRET in str(response.headers).lower()


def long_ago():
    return timezone.now() - timedelta(days=900)


def make_signed_release(author, film=None, **fields):
    """A press release with a byline, so that it has everything a piece can have."""
    release = make_press_release(film=film, **fields)
    Byline.objects.create(article=release, contributor=author)
    return release


def make_film_album(author, film=None, **fields):
    return make_album(author, film=film, **fields)


def make_quiz_on(author, film=None, **fields):
    return make_quiz(author, film=film, **fields)


def make_contest_on(author, film=None, **fields):
    """A contest on this film, with a byline, that opens when it is published."""
    published = fields.get("published_at", long_ago())
    opens_at = max(published or long_ago(), long_ago())
    times = {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=40), "published_at": published}
    contest = make_contest(opened=False, film=film, **times | fields)
    Byline.objects.create(article=contest, contributor=author)
    return contest


MAKERS = [make_review, make_interview, make_disc_review, make_film_album, make_signed_release, make_pick_list, make_post,
          make_episode, make_quiz_on, make_contest_on]  # fmt: skip
MAKERS += [module.make_piece for module in SECTION_PAGES]
FOLDABLE_MAKERS = [make_review, make_interview, make_disc_review, make_post]


@pytest.fixture
def cast(db):
    return make_film(title="Laura"), make_person(name="Dana"), make_contributor()


def with_everything(make, cast, **fields):
    film, person, critic = cast
    piece = make(critic, film=film, **fields)
    piece.people.add(person)
    piece.tags.add("noir")
    Pin.objects.get_or_create(slot="lead", defaults={"article": piece})
    Correction.objects.create(article=piece, before=piece.title, after="Another word")
    Segment.objects.create(
        episode=make_episode(title="Earlier", published_at=long_ago()), title="A part", article=piece
    )
    make_request(title="A wish", film=film, piece=piece, votes=1)
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


@pytest.mark.parametrize("state", HIDDEN)
def test_no_page_shows_an_unpublished_piece(state, cast, monkeypatch):
    """All kinds of pieces are in one magazine, one second before publication; none may be seen."""
    moment = timezone.now() + timedelta(minutes=5)
    words = {"title": SECRET, "verdict": SECRET, "dek": SECRET, "body": f"<p>{SECRET}</p>"}
    slugs = [
        slug for make in MAKERS for slug in with_everything(make, cast, **words | HIDDEN[state](moment))
    ]  # fmt: skip

    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert paths_with_secret(*cast, slugs) == set()


def paths_that_must_show(own, other, film, person, critic):
    """The pages and feeds that show a new piece; `own` is its page, `other` a page that links to it."""
    section = own.split("/")[1]
    section_page = f"/{section}/show/" if section == "about" else f"/{section}/"
    status = "on-air" if section == "about" else "covered"
    return {
        "/", section_page, f"/search/?q={SECRET[:6]}", f"/search/suggest/?q={SECRET[:6]}", own, other, "/tags/noir/",
        film.get_absolute_url(), person.get_absolute_url(), critic.get_absolute_url(),
        "/about/corrections/", "/feeds/corrections/rss.xml", "/feeds/tags/noir/rss.xml",
        f"/reel-requests/?status={status}", ReelRequest.objects.get().get_absolute_url(),
        *("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", f"/feeds/sections/{section}/rss.xml"),
        f"/feeds/films/{film.slug}/rss.xml", f"/feeds/contributors/{critic.slug}/atom.xml",
    }  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
def test_a_scheduled_piece_is_on_all_its_pages_a_second_later(make, cast, monkeypatch):
    due = timezone.now() + timedelta(days=1)
    slugs = with_everything(make, cast, title=SECRET, published_at=due)

    monkeypatch.setattr(timezone, "now", lambda: due + timedelta(seconds=1))
    found_on = paths_with_secret(*cast, slugs)
    assert found_on >= paths_that_must_show(*slugs, *cast)
    assert not found_on & {"/links/", "/press/kit.zip", "/dvdelighted/calendar.ics", "/robots.txt"}


@pytest.mark.parametrize("make", MAKERS)
def test_cached_pages_show_a_scheduled_piece_a_second_later(make, cast, monkeypatch, page_cache_on):
    due = timezone.now() + timedelta(days=1)
    slugs = with_everything(make, cast, title=SECRET, published_at=due)
    paths = paths_that_must_show(*slugs, *cast)

    monkeypatch.setattr(timezone, "now", lambda: due - timedelta(seconds=1))
    assert {path for path in paths if contains_secret(Client().get(path))} == set()
    monkeypatch.setattr(timezone, "now", lambda: due + timedelta(seconds=1))
    assert {path for path in paths if contains_secret(Client().get(path))} == paths


def test_a_spoiler_is_on_its_own_page_only_and_folded_there(cast):
    slugs = [with_everything(make, cast, body=SPOILER_BODY) for make in MAKERS]

    assert paths_with_secret(*cast, [slug for pair in slugs for slug in pair]) == {own for own, _ in slugs}
    for own, _ in slugs:
        page = Client().get(own).content.decode().partition("<main")[2]
        assert page.index("<details>") < page.index(SECRET) < page.index("</details>")


def test_a_spoiler_in_an_answer_is_folded_and_in_no_quote(cast):
    talk = make_interview(cast[2], film=cast[0], answers=["They"])
    answer = talk.turns.get(kind="answer")
    answer.text, answer.pull_from, answer.pull_to = SPOILER_BODY, 1, 9
    answer.save()
    talk.index()

    assert paths_with_secret(*cast, [talk.get_absolute_url()]) == {talk.get_absolute_url()}
    assert answer.pull_quote == "Before. After."


def test_a_piece_that_spoils_as_a_whole_is_folded_as_a_whole(cast):
    slugs = [with_everything(make, cast, body=f"<p>{SECRET}</p>", spoils=True) for make in FOLDABLE_MAKERS]

    assert paths_with_secret(*cast, [slug for pair in slugs for slug in pair]) == {own for own, _ in slugs}
    for own, _ in slugs:
        page = Client().get(own).content.decode().partition("<main")[2]
        assert page.index("gives away") < page.index(SECRET) < page.index("</details>")


def test_no_pull_quote_is_taken_from_an_interview_that_spoils(cast):
    talk = make_interview(cast[2], film=cast[0], answers=[SECRET], spoils=True, afterword=f"<p>{SECRET}</p>")
    talk.turns.filter(kind="answer").update(pull_from=1, pull_to=1)

    assert paths_with_secret(*cast, [talk.get_absolute_url()]) == {talk.get_absolute_url()}
    Interview.objects.update(spoils=False)
    assert "/" in paths_with_secret(*cast)  # control: it would be on the front page


def test_details_of_content_notes_are_on_the_page_only(cast):
    own, other = with_everything(
        make_review, cast, content_checked=True, content_notes=f"Peril, some: {SECRET}"
    )

    assert paths_with_secret(*cast, [own, other]) == {own}


def test_staff_preview_a_draft_at_its_url(cast, client):
    review = make_review(title=SECRET, published_at=None)
    client.force_login(make_staff())

    response = client.get(review.get_absolute_url())

    assert SECRET in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Only staff see this page" in response.content.decode()


def test_an_unlisted_piece_is_at_its_url_only(cast):
    fields = {"title": SECRET, "unlisted": True, "lead_photo": make_photo(alt=SECRET)}
    slugs = [with_everything(make, cast, **fields) for make in MAKERS]

    assert paths_with_secret(*cast, [slug for pair in slugs for slug in pair]) == {own for own, _ in slugs}
    assert {Client().get(own).headers["X-Robots-Tag"] for own, _ in slugs} == {"noindex"}


def test_an_unlisted_album_s_cover_is_nowhere_else(cast):
    album = make_album(cast[2], [make_photo(alt=SECRET)], unlisted=True, film=cast[0])
    picture = album.pictures.get()
    picture.film = cast[0]
    picture.save()
    album.add_films_and_people()
    inside = [album.get_absolute_url(), picture.get_absolute_url()]

    assert paths_with_secret(*cast, inside) == set(inside)
    assert all(Client().get(path).headers["X-Robots-Tag"] == "noindex" for path in inside)


def test_every_kind_of_page_is_requested():
    """The canary requests a URL of every pattern in the table of pages, or the pattern is listed below."""
    asked = {
        as_pattern(path)
        for path in [*SECTION_PATHS, *WELL_KNOWN_PATHS, *FEED_PATHS, *months(), *SAMPLE_PATHS]
    }
    asked |= {f"{prefix}<slug:slug>/" for prefix in SECTIONS_WITH_PIECES} | {"gallery/<slug:slug>/<int:pk>/"}
    assert set(url_patterns()) == set(PAGES) == asked | NOT_ASKED


def as_pattern(path):
    """The pattern in the table of pages that answers at `path`."""
    return str(resolve(path.partition("?")[0]).route)


SAMPLE_PATHS = [
    *("/search/", "/search/suggest/", "/tags/noir/", "/films/laura/", "/people/dana/", "/contributors/nora/"),
    *(
        "/films/laura/art.svg",
        "/films/laura/backdrop.svg",
        "/dvdelighted/editions/laura/",
        "/sitemap-reviews.xml",
    ),
    *(
        "/feeds/films/laura/rss.xml",
        "/feeds/films/laura/atom.xml",
        "/trivia/daily/titles/",
        "/trivia/daily/1/",
        "/reel-requests/1/",
    ),
]
CONTEST_PAGES = [
    "enter/",
    "sent/",
    "rules/",
    "proof/",
    "proof/<slug:name>.txt",
    "studio/",
    "on-air/",
    "on-air/code.svg",
]
SECTIONS_WITH_PIECES = [
    "reviews/",
    "interviews/",
    "trivia/",
    "dvdelighted/",
    "contest/",
    "gallery/",
    "press/",
    "picks/",
    "blog/",
    "about/show/",
]
SECTIONS += WITH_PAGES
SECTION_PATHS += [f"/{section}/" for section in WITH_PAGES]
SECTIONS_WITH_PIECES += [f"{section}/" for section in WITH_PAGES]
# Patterns that are not requested: images, redirects, and texts that belong to no piece.
NOT_ASKED = {
    "favicon.ico", "photos/<int:pk>/<slug:version>/<slug:crop>-<int:width>.<slug:extension>",
    "photos/<int:pk>/press/<slug:size>.jpg", "about/<slug:slug>/", "blog/series/<slug:slug>/",
    "cards/<slug:kind>/<slug:slug>/<slug:digest>.jpg",
    # Attempts are private to their player, sheets belong to their quiz: tests/trivia/test_quizzes.py.
    "trivia/attempts/<int:pk>/", "trivia/attempts/<int:pk>/<int:position>/", "trivia/on/<slug:slug>/",
    # Receipts are private to their entrant; other pages of a contest are tested separately (below).
    "contest/receipts/<str:code>/", "contest/receipts/<str:code>/claim/", "contest/confirm/<str:token>/",
    "contest/verify.py", "win/", *(f"contest/<slug:slug>/{page}" for page in CONTEST_PAGES),
    # My data is private to its fan: tests/fans/test_my_data.py. The mailbox exists on local sites only.
    "my-data/data.json", "my-data/<str:token>/", "mailbox/",
    # These show only the text of a request, whose own page is requested above.
    "reel-requests/similar/", "reel-requests/confirm/<str:token>/", "reel-requests/leave/<str:key>/",
    "reel-requests/<int:pk>/guess/", "reel-requests/<int:pk>/join/", "reel-requests/rounds/<int:pk>/",
    "trivia/attempts/<int:pk>/<int:position>/flag/", "trivia/<slug:slug>/sheet/", "trivia/<slug:slug>/sheet/answers/",
}  # fmt: skip


@pytest.mark.parametrize("state", HIDDEN)
def test_an_unpublished_contest_has_no_page(state, cast):
    _, _, author = cast
    contest = make_contest_on(author, title=SECRET, slug="hidden", **HIDDEN[state](timezone.now()))
    entry = make_entry(make_contest(slug="open"), confirmed=False)
    paths = [f"/contest/hidden/{page}".replace("<slug:name>", "manifest") for page in ["", *CONTEST_PAGES]]

    assert contest.slug == "hidden" and entry
    assert {Client().get(path).status_code for path in paths} == {404}
    assert not contains_secret(Client().get("/contest/verify.py"))


@pytest.mark.parametrize("state", HIDDEN)
def test_an_unpublished_piece_has_no_share_card(state, cast):
    review = make_review(**HIDDEN[state](timezone.now() + timedelta(minutes=5)))
    address = share_card_for(review).url
    assert Client().get(address).status_code == 404

    Article.objects.update(published_at=timezone.now(), embargo_until=None)
    assert Client().get(address).getvalue().startswith(b"\xff\xd8")


def test_the_canary_finds_a_published_secret(cast):
    """Negative control: the same word in a published piece is found."""
    slugs = with_everything(make_review, cast, title=SECRET)

    assert {"/", "/reviews/", "/feeds/rss.xml", *slugs} <= paths_with_secret(*cast, slugs)
