"""What must hold for every public page. A URL pattern without a row in PAGES makes a test fail."""

import copy
import io
import json
import re
from datetime import timedelta
from zipfile import ZipFile

import html5lib
import pytest
import vobject
from defusedxml import ElementTree
from django.conf import settings as site_settings
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from about import topics
from about.models import Segment
from blog.models import Series
from contest import awarding, entering
from contest.models import Amendment, Award, Entry
from fans import visitor_cookies
from fans.forms import LOGIN_LINK_SALT
from fans.models import Mail
from films.models import Film, FilmAlias, Genre, Release
from gallery.models import Picture
from magazine import starter_texts
from magazine.models import Contributor, Correction, Pin
from magazine.sections import piece_sections
from magazine.share_cards import share_card_for
from photos.models import Photo
from picks.models import Ballot, Choice, WeeklyPick
from press.models import KitPhoto, Mention
from reelrequests import reader_actions, staff_actions
from reelrequests.models import Guess, ReelRequest, Round, Vote
from reviews.models import Review
from tests.factories import (
    fan_cookie,
    make_album,
    make_contact,
    make_contest,
    make_contributor,
    make_credit,
    make_disc_review,
    make_drawn,
    make_entry,
    make_episode,
    make_fact,
    make_fan,
    make_film,
    make_interview,
    make_link,
    make_person,
    make_photo,
    make_pick_list,
    make_player,
    make_post,
    make_press_release,
    make_question,
    make_quiz,
    make_region,
    make_request,
    make_review,
    make_round,
    make_vote,
    play_through,
    tomorrow,
)
from tests.photos.test_photo_fields import FIELDS
from tests.section_pages import SECTION_PAGES
from trivia import attempts, players, reel_calendar, rulings
from trivia.models import Attempt, Puzzle, Question, Ruling

# URL pattern → (URL, exact number of queries, kind of response).
PAGES = {
    "": ("/", 11, "html"),
    "reviews/": ("/reviews/", 3, "html"),
    "reviews/<slug:slug>/": ("/reviews/dark/", 7, "html"),
    "interviews/": ("/interviews/", 1, "html"),
    "interviews/<slug:slug>/": ("/interviews/talk/", 7, "html"),
    "trivia/": ("/trivia/", 5, "html"),
    "trivia/quizzes/": ("/trivia/quizzes/", 1, "html"),
    "trivia/<slug:slug>/": ("/trivia/ten/", 5, "html"),
    "trivia/<slug:slug>/sheet/": ("/trivia/ten/sheet/", 3, "html"),
    "trivia/<slug:slug>/sheet/answers/": ("/trivia/ten/sheet/answers/", 1, "html"),
    "trivia/on/<slug:slug>/": ("/trivia/on/metropolis-1927/", 2, "html"),
    "trivia/attempts/<int:pk>/": ("attempt", 4, "game"),
    "trivia/attempts/<int:pk>/<int:position>/": ("answer", 5, "game"),
    "trivia/attempts/<int:pk>/<int:position>/flag/": ("flag", 3, "game"),
    "trivia/leaderboards/": ("/trivia/leaderboards/", 3, "html"),
    "trivia/nickname/": ("/trivia/nickname/", 0, "html"),
    "trivia/rulings/": ("/trivia/rulings/", 1, "html"),
    "trivia/sources/": ("/trivia/sources/", 1, "html"),
    "trivia/daily/": ("/trivia/daily/", 2, "html"),
    "trivia/daily/archive/": ("/trivia/daily/archive/", 1, "html"),
    "trivia/daily/restore/": ("/trivia/daily/restore/", 0, "html"),
    "trivia/daily/titles/": ("/trivia/daily/titles/?q=metrop", 2, "json"),
    "trivia/daily/<int:number>/": ("/trivia/daily/1/", 2, "html"),
    "dvdelighted/": ("/dvdelighted/", 3, "html"),
    "dvdelighted/<slug:slug>/": ("/dvdelighted/metropolis-disc/", 7, "html"),
    "dvdelighted/editions/<slug:slug>/": ("/dvdelighted/editions/metropolis-1927/", 3, "html"),
    "dvdelighted/calendar/": ("/dvdelighted/calendar/", 4, "html"),
    "dvdelighted/calendar/<int:year>/<int:month>/": ("/dvdelighted/calendar/2010/11/", 4, "html"),
    "dvdelighted/calendar.ics": ("/dvdelighted/calendar.ics", 1, "calendar"),
    "contest/": ("/contest/", 4, "html"),
    "contest/<slug:slug>/": ("/contest/discs/", 6, "html"),
    "contest/<slug:slug>/enter/": ("/contest/discs/enter/", 6, "html"),
    "contest/<slug:slug>/sent/": ("/contest/discs/sent/", 1, "html"),
    "contest/<slug:slug>/rules/": ("/contest/discs/rules/", 3, "html"),
    "contest/<slug:slug>/proof/": ("/contest/summer/proof/", 7, "html"),
    "contest/<slug:slug>/proof/<slug:name>.txt": ("/contest/summer/proof/manifest.txt", 1, "text"),
    "contest/<slug:slug>/studio/": ("/contest/summer/studio/", 3, "html"),
    "contest/<slug:slug>/on-air/": ("/contest/discs/on-air/", 2, "html"),
    "contest/<slug:slug>/on-air/code.svg": ("/contest/discs/on-air/code.svg", 1, "svg"),
    "win/": ("/win/", 1, "for today"),
    "reel-requests/": ("/reel-requests/", 2, "html"),
    "reel-requests/ask/": ("/reel-requests/ask/", 0, "html"),
    "reel-requests/planned.ics": ("/reel-requests/planned.ics", 1, "calendar"),
    "reel-requests/similar/": ("/reel-requests/similar/?q=zone", 3, "json"),
    "reel-requests/yours/": ("/reel-requests/yours/", 0, "html"),
    "reel-requests/confirm/<str:token>/": ("vote link", 1, "html"),
    "reel-requests/leave/<str:key>/": ("unsubscribe link", 1, "html"),
    "reel-requests/<int:pk>/": ("request", 2, "html"),
    "reel-requests/<int:pk>/join/": ("join", 1, "for today"),
    "reel-requests/<int:pk>/guess/": ("guess", 2, "html"),
    "reel-requests/rounds/<int:pk>/": ("round", 2, "html"),
    "feeds/requests/<slug:variant>/rss.xml": ("/feeds/requests/new/rss.xml", 1, "feed"),
    "feeds/requests/<slug:variant>/atom.xml": ("/feeds/requests/covered/atom.xml", 1, "feed"),
    "contest/verify.py": ("/contest/verify.py", 0, "text"),
    "contest/did-i-win/": ("/contest/did-i-win/", 0, "html"),
    "contest/confirm/<str:token>/": ("confirm", 1, "html"),
    "contest/receipts/<str:code>/": ("receipt", 7, "html"),
    "contest/receipts/<str:code>/claim/": ("claim", 7, "html"),
    "gallery/": ("/gallery/", 1, "html"),
    "gallery/<slug:slug>/": ("/gallery/doors/", 4, "html"),
    "gallery/<slug:slug>/<int:pk>/": ("picture", 3, "html"),
    "press/": ("/press/", 5, "html"),
    "press/kit.zip": ("/press/kit.zip", 6, "zip"),
    "press/about-us/": ("/press/about-us/", 1, "html"),
    "press/<slug:slug>/": ("/press/news/", 3, "html"),
    "picks/": ("/picks/", 2, "html"),
    "picks/of-the-week/": ("/picks/of-the-week/", 2, "html"),
    "picks/<slug:slug>/": ("/picks/ten/", 7, "html"),
    "links/": ("/links/", 1, "html"),
    "blog/": ("/blog/", 3, "html"),
    "blog/overheard/": ("/blog/overheard/", 3, "html"),
    "blog/series/<slug:slug>/": ("/blog/series/notes/", 4, "html"),
    "blog/<int:year>/": ("year", 3, "html"),
    "blog/<int:year>/<int:month>/": ("month", 3, "html"),
    "blog/<slug:slug>/": ("/blog/first/", 4, "html"),
    "about/": ("/about/", 3, "html"),
    "about/show/": ("/about/show/", 2, "html"),
    "about/show/<slug:slug>/": ("/about/show/pilot/", 5, "html"),
    "about/show/airings.ics": ("/about/show/airings.ics", 1, "calendar"),
    "about/staff/": ("/about/staff/", 2, "html"),
    "about/corrections/": ("/about/corrections/", 1, "html"),
    "about/contact/": ("/about/contact/?topic=other", 1, "html"),
    "about/contact/thanks/": ("/about/contact/thanks/", 0, "html"),
    "about/<slug:slug>/": ("/about/ethics/", 1, "html"),
    "tags/": ("/tags/", 1, "html"),
    "tags/<slug:slug>/": ("/tags/silent/", 2, "html"),
    "contributors/<slug:slug>/": ("/contributors/nora/", 3, "html"),
    "films/": ("/films/", 4, "html"),
    "people/": ("/people/", 2, "html"),
    "films/<slug:slug>/": ("/films/metropolis-1927/", 8, "html"),
    "films/<slug:slug>/art.svg": ("/films/metropolis-1927/art.svg", 1, "svg"),
    "films/<slug:slug>/backdrop.svg": ("/films/metropolis-1927/backdrop.svg", 1, "svg"),
    "people/<slug:slug>/": ("/people/lang/", 6, "html"),
    "photos/<int:pk>/press/<slug:size>.jpg": ("download", 1, "jpeg"),
    "photos/<int:pk>/<slug:version>/<slug:crop>-<int:width>.<slug:extension>": ("photo", 1, "picture"),
    "my-data/": ("/my-data/", 0, "html"),
    "my-data/sent/": ("/my-data/sent/", 0, "html"),
    "my-data/erased/": ("/my-data/erased/", 0, "html"),
    "my-data/data.json": ("data", 11, "fan"),
    "my-data/<str:token>/": ("login link", 1, "html"),
    "mailbox/": ("/mailbox/", 0, "html"),
    "search/": ("/search/?q=dark", 12, "html"),
    "search/suggest/": ("/search/suggest/?q=met", 4, "json"),
    "feeds/": ("/feeds/", 2, "html"),
    "feeds/rss.xml": ("/feeds/rss.xml", 7, "feed"),
    "feeds/atom.xml": ("/feeds/atom.xml", 7, "feed"),
    "feeds/feed.json": ("/feeds/feed.json", 8, "json"),
    "feeds/facts/rss.xml": ("/feeds/facts/rss.xml", 1, "feed"),
    "feeds/facts/atom.xml": ("/feeds/facts/atom.xml", 1, "feed"),
    "feeds/links/rss.xml": ("/feeds/links/rss.xml", 1, "feed"),
    "feeds/links/atom.xml": ("/feeds/links/atom.xml", 1, "feed"),
    "feeds/draws/rss.xml": ("/feeds/draws/rss.xml", 1, "feed"),
    "feeds/draws/atom.xml": ("/feeds/draws/atom.xml", 1, "feed"),
    "feeds/corrections/rss.xml": ("/feeds/corrections/rss.xml", 1, "feed"),
    "feeds/corrections/atom.xml": ("/feeds/corrections/atom.xml", 1, "feed"),
    "feeds/<slug:kind>/<slug:slug>/rss.xml": ("/feeds/films/metropolis-1927/rss.xml", 8, "feed"),
    "feeds/<slug:kind>/<slug:slug>/atom.xml": ("/feeds/contributors/nora/atom.xml", 7, "feed"),
    "cards/<slug:kind>/<slug:slug>/<slug:digest>.jpg": ("card", 2, "jpeg"),
    # Two queries for the pieces of each section, eight for records.
    "sitemap.xml": ("/sitemap.xml", 8 + 2 * len(piece_sections()), "xml"),
    "sitemap-<slug:section>.xml": ("/sitemap-reviews.xml", 2, "xml"),
    ".well-known/security.txt": ("/.well-known/security.txt", 0, "text"),
    "manifest.webmanifest": ("/manifest.webmanifest", 0, "json"),
    "opensearch.xml": ("/opensearch.xml", 0, "xml"),
    "favicon.ico": ("/favicon.ico", 0, "redirect"),
    "robots.txt": ("/robots.txt", 0, "text"),
}
for module in SECTION_PAGES:
    PAGES |= module.PAGES
STAFF_PREFIX = "desk/"
# No inline style or script, and nothing from other hosts.
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)|\sstyle=|\son\w+=", re.I
)
LOADED_URL = re.compile(
    r'<(?:img|source|script|iframe|video|link rel="(?:stylesheet|preload|icon)")[^>]*?(?:src|href)="([^"]+)"'
)


# These take what browsers send and show no page.
WITHOUT_PAGE = {"csp-reports/"}


def url_patterns(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if path not in WITHOUT_PAGE:
                yield path
        elif path != STAFF_PREFIX:
            yield from url_patterns(pattern.url_patterns, path)


@pytest.fixture
def magazine(db):
    """A magazine in which every page shows everything it can."""
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
    fill_sections(nora, film, lang, photo, review)
    for module in SECTION_PAGES:
        module.fill()
    Pin.objects.create(slot="lead", article=review)
    Pin.objects.create(slot="second", article=talk, until=tomorrow())
    return photo


def fill_sections(nora, film, lang, photo, review):
    """Create pieces and records of all kinds in all sections, with everything they can have."""
    starter_texts.create_missing_pages()
    topics.create_defaults()
    release = Release.objects.create(
        film=film, format="uhd", edition="Restored", distributor="Sagebrush", region="free", discs=2, runtime=150,
        street_date=timezone.localdate(), aspect_ratio="1.33:1", picture="2160p", sound="Mono", subtitles="English",
        extras="A talk\nStills", list_price="29.95", barcode="0036000291452",
    )  # fmt: skip
    disc = make_disc_review(
        nora, title="Metropolis, the disc", slug="metropolis-disc", release=release, dek="A dek.", spoils=True,
        lead_photo=photo, body="<p>Film.</p>", supplements="<p>Stills.</p>", film_half_stars=10,
        picture_half_stars=9, sound_half_stars=8, extras_half_stars=7,
    )  # fmt: skip
    disc.tags.add("silent")
    Photo.objects.update(press_use=True, licence="https://example.com/licence", usable_until=tomorrow())
    album = make_album(
        nora, [photo, make_photo(alt="Another")], title="Doors", slug="doors", body="<p>Doors.</p>"
    )
    album.tags.add("silent")
    Picture.objects.update(film=film)
    Picture.objects.first().people.add(lang)
    album.add_films_and_people()
    contact = make_contact(title="Editor", hours="Always")
    make_press_release(title="News", slug="news", contact=contact, dateline="TEMPE", lead_photo=photo)
    KitPhoto.objects.create(photo=photo)
    Mention.objects.create(
        outlet="Ledger", headline="Good", quote="Very", author="R.", published_on="2020-02-02",
        url="https://example.com/", archived_url="https://example.org/",
    )  # fmt: skip
    picks = make_pick_list(
        nora, [film], title="Ten", slug="ten", list_kind="ballots", body="<p>Ten.</p>", lead_photo=photo
    )
    for voter in (nora, make_contributor()):
        Choice.objects.create(ballot=Ballot.objects.create(list=picks, contributor=voter), film=film, rank=1)
    picks.update_picks_and_films()
    today = timezone.localdate()
    WeeklyPick.objects.create(
        film=film, contributor=nora, note="Now.", where_to_see="Here.", starts_on=today, ends_on=today
    )
    now = timezone.now()
    make_link(state="works", checked_at=now, worked_at=now, archived_url="https://example.org/a")
    make_link(state="unsure", checked_at=now, worked_at=now)
    make_link()
    series = Series.objects.create(name="Notes", slug="notes", note="On notes.")
    for title in ("Zeroth", "First", "Second"):
        make_post(nora, title=title, slug=title.lower(), series=series, lead_photo=photo).films.add(film)
    make_post(nora, title="Row F", kind="overheard", said_by="A man")
    episode = make_episode(
        title="Pilot", slug="pilot", film=film, airs=now, season=1, number=1, video_url="https://example.com/v",
        body="<p>On.</p>",
    )  # fmt: skip
    Segment.objects.create(episode=episode, title="The review", note="Ours", article=review, order=1)
    reel_calendar.create_coming_puzzles()
    make_question(film=film)
    make_question(text="Who else?", licence="cc-by-sa-4.0", author="Ana")
    fill_quizzes(nora, film, photo)
    fill_contests(film, photo)
    fill_requests(film)
    make_fan()
    make_fact(film=film, source_url="https://example.com/", checked_by=nora)
    make_fact(film=film, person=lang, spoils=True, checked_by=nora)
    Contributor.objects.create(name="Old Hand", slug="old", left_on="2001-01-01", title="Critic", bio="Left.")


def fill_requests(film):
    """Create a request with history, piece and votes, one to identify a film, and a round."""
    request = make_request(title="The zone", film=film, votes=2, why="Why not?", signed="Ana")
    make_vote(request, "ben@example.com", browser="B", confirmed=False)
    make_request(title="The zone again", piece=make_review(published_at=timezone.now() - timedelta(days=900)))
    to_identify = make_request(
        title="Clocks", kind="riddle", status="planned", planned_for=timezone.localdate()
    )
    guess = Guess.objects.create(request=to_identify, title="Rebecca", film=film, submission_hash="guess")
    staff_actions.show_guess(guess, "", timezone.now())
    make_round(request)


def fill_contests(film, photo):
    """Create an open contest with questions and an unconfirmed entry, a coming one, and a drawn one."""
    canada = make_region("CA-ON", "Ontario", "Canada", skill_test=True)
    quiz = make_quiz(title="Asked in the contest", published_at=None)
    discs = make_contest(
        title="Discs",
        slug="discs",
        question_set=quiz,
        eligibility="right",
        lead_photo=photo,
        body="<p>Win.</p>",
    )
    discs.films.add(film)
    make_entry(discs, confirmed=False)
    Amendment.objects.create(contest=discs, text="A notice.")
    make_contest(title="Winter", slug="winter", opens_at=timezone.now() + timedelta(hours=2))
    summer = make_drawn(6, title="Summer", slug="summer", prizes=2, regions=[make_region(), canada])
    awarding.disqualify(summer.entries.get(rank=2), "no-answer", timezone.now())
    award = summer.entries.get(rank=3).award
    awarding.claim(award, {"full_name": "A B", "town": "T", "listed_as": "A B., T"}, timezone.now())
    Award.objects.update(skill_sum="(7 × 5 + 39) ÷ 2 − 5")
    Mail.objects.all().delete()


def fill_quizzes(nora, film, photo):
    """Create a quiz with all kinds of questions, leaders, a ruling, and an attempt with an open question."""
    asked = [
        make_question(
            film=film,
            photo=photo,
            photo_alt="A door.",
            explanation="It is so.",
            source="The film",
            author="Ana",
        ),
        make_question(text="Which?", kind="several", film=film),
        make_question(text="Who?", wrong=()),
    ]
    quiz = make_quiz(nora, asked, title="Ten", slug="ten", film=film, lead_photo=photo, body="<p>Play.</p>")
    play_through(make_player("Row F"), quiz, right=2)
    ruling = Ruling.objects.create(question=asked[0], verdict="void", reason="It was not so.")
    rulings.apply(ruling)
    Question.objects.update(status="live")
    Ruling.objects.create(puzzle=Puzzle.objects.first(), verdict="stands", reason="It was so.")
    game = attempts.begin(make_player(), quiz)
    attempts.store_answer(game, attempts.serve_next_question(game), "")
    attempts.serve_next_question(game)


def with_player_cookie(client, player):
    """Give `client` the cookie of `player`. Returns it."""
    client.cookies[players.COOKIE] = signing.dumps(player.code, salt=players.SALT)
    return client


@pytest.fixture
def missing_variables_shown(settings):
    """Make templates print a marker for variables that are missing from the context."""
    templates = copy.deepcopy(site_settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "MISSING[%s]"
    settings.TEMPLATES = templates


def path_of(pattern, photo):
    path, today = PAGES[pattern][0], timezone.localdate() - timedelta(days=1)
    made = {
        "photo": lambda: photo.url("wide", 320, "webp"),
        "card": lambda: share_card_for(Review.objects.get(slug="dark")).url,
        "download": lambda: f"/photos/{photo.pk}/press/web.jpg",
        "picture": lambda: Picture.objects.get(photo=photo).get_absolute_url(),
        "attempt": lambda: Attempt.objects.open().get().get_absolute_url(),
        "answer": lambda: f"{Attempt.objects.open().get().get_absolute_url()}1/",
        "flag": lambda: f"{Attempt.objects.open().get().get_absolute_url()}1/flag/",
        "data": lambda: "/my-data/data.json",
        "login link": lambda: f"/my-data/{signing.dumps('fan@example.com', salt=LOGIN_LINK_SALT)}/",
        "confirm": lambda: (
            f"/contest/confirm/{entering.confirm_link(Entry.objects.unconfirmed().get()).sign()}/"
        ),
        "receipt": lambda: Entry.objects.get(rank=1).receipt_url,
        "vote link": lambda: (
            f"/reel-requests/confirm/{reader_actions.confirm_link(unconfirmed_vote()).sign()}/"
        ),
        "unsubscribe link": lambda: f"/reel-requests/leave/{unconfirmed_vote().withdraw_key}/",
        "request": lambda: shown_request().get_absolute_url(),
        "join": lambda: f"{shown_request().get_absolute_url()}join/",
        "guess": lambda: f"{Guess.objects.get().request.get_absolute_url()}guess/",
        "round": lambda: Round.objects.get().get_absolute_url(),
        "claim": lambda: f"{Entry.objects.get(rank=1).receipt_url}claim/",
        "year": lambda: f"/blog/{today.year}/",
        "month": lambda: f"/blog/{today.year}/{today.month}/",
    }
    return made[path]() if path in made else path


def unconfirmed_vote():
    return Vote.objects.get(confirmed_at=None)


def shown_request():
    return ReelRequest.objects.get(title="The zone")


def test_every_url_pattern_has_a_row():
    assert set(url_patterns()) == set(PAGES)


def test_every_page_keeps_the_promises_of_its_row(subtests, magazine, missing_variables_shown, settings):
    for pattern in PAGES:
        with subtests.test(pattern):
            check_page(pattern, magazine, settings)


def pages_showing(photo):
    """The patterns of the pages, feeds and sitemaps in which the photo stands, in any size."""
    client = with_player_cookie(Client(), Attempt.objects.open().get().player)
    paths = {pattern: path_of(pattern, photo) for pattern in PAGES if PAGES[pattern][2] not in BYTES}
    return {
        pattern
        for pattern, path in paths.items()
        if f"/photos/{photo.pk}/" in client.get(path).getvalue().decode()
    }


# Where the control looks for it: one for each template that shows a photo.
PAGES_WITH_PHOTOS = {
    "", "reviews/", "reviews/<slug:slug>/", "dvdelighted/<slug:slug>/", "blog/<slug:slug>/", "picks/<slug:slug>/",
    "gallery/", "gallery/<slug:slug>/", "gallery/<slug:slug>/<int:pk>/", "interviews/<slug:slug>/",
    "contest/<slug:slug>/", "contest/<slug:slug>/enter/", "about/", "about/staff/", "about/show/<slug:slug>/",
    "films/", "films/<slug:slug>/", "people/<slug:slug>/", "contributors/<slug:slug>/", "search/", "press/",
    "trivia/daily/", "trivia/attempts/<int:pk>/", "trivia/<slug:slug>/", "trivia/<slug:slug>/sheet/",
    "feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json", "sitemap-<slug:section>.xml",
}  # fmt: skip


def test_a_photo_out_of_its_rights_is_on_no_page(magazine):
    for field in FIELDS:
        field.model.objects.update(**{field.name: magazine})

    assert pages_showing(magazine) >= PAGES_WITH_PHOTOS
    Photo.objects.update(usable_until=timezone.now())
    assert pages_showing(magazine) == set()


def check_page(pattern, magazine, settings):
    path, (_, queries, kind) = path_of(pattern, magazine), PAGES[pattern]
    client = Client()
    if kind == "game":
        with_player_cookie(client, Attempt.objects.open().get().player)
    if kind == "fan":
        client.cookies[visitor_cookies.FAN_COOKIE] = fan_cookie("fan@example.com")

    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        body = response.getvalue()

    assert response.status_code == STATUS.get(kind, 200)
    assert len(captured) == queries, "\n".join(query["sql"][:300] for query in captured)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    CHECKS[kind](body if kind in BYTES else body.decode(), settings)


def check_html(body, settings):
    assert "MISSING[" not in body
    assert not INLINE.findall(body)
    for loaded in LOADED_URL.findall(body):
        assert loaded.startswith("/") and not loaded.startswith("//"), loaded
    html5lib.HTMLParser(strict=True).parse(body)
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert len(ids) == len(set(ids)), ids
    assert body.count("<h1") == 1


def check_xml(body, settings):
    assert "MISSING[" not in body
    ElementTree.fromstring(body)


def check_calendar(body, settings):
    """Parse the file with another library than the one that wrote it."""
    calendar = vobject.readOne(body)
    calendar.validate()
    assert calendar.vevent.summary.value


BYTES = {"picture", "jpeg", "zip"}
CHECKS = {
    "calendar": check_calendar,
    "jpeg": lambda body, settings: body.startswith(b"\xff\xd8") or pytest.fail("no JPEG"),
    "zip": lambda body, settings: ZipFile(io.BytesIO(body)).testzip() is None or pytest.fail("a bad ZIP"),
    "html": check_html,
    "game": check_html,
    "fan": lambda body, settings: json.loads(body),
    "svg": check_xml,
    "feed": check_xml,
    "xml": check_xml,
    "json": lambda body, settings: json.loads(body),
    "picture": lambda body, settings: body.startswith(b"RIFF") or pytest.fail("no WebP"),
    "text": lambda body, settings: body.endswith("\n") or pytest.fail(body),
    "redirect": lambda body, settings: None,
    "for today": lambda body, settings: None,
}
STATUS = {"redirect": 301, "for today": 302}


def test_a_page_costs_the_same_queries_with_a_thousand_rows(magazine):
    film, person, nora = make_film(), make_person(), Contributor.objects.get(slug="nora")
    metropolis = Film.objects.get(slug="metropolis-1927")
    for number in range(950):
        review = make_review(nora, title="Dark again", film=metropolis if number % 2 else film)
        review.people.add(person)
        review.tags.add("silent")
    for _ in range(50):
        make_interview(nora, title="Dark talk", film=metropolis, answers=["One.", "Two.", "Three."])

    for pattern in [each for each in PAGES if PAGES[each][2] == "html"]:
        address = path_of(pattern, magazine)
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        assert len(captured) == PAGES[pattern][1], (pattern, [each["sql"][:150] for each in captured])


# Pages with forms, which accept POST: tests/about/test_contact.py, tests/trivia and tests/fans send them.
PAGES_WITH_FORMS = {
    "about/contact/", "trivia/daily/", "trivia/daily/restore/", "trivia/daily/<int:number>/", "trivia/nickname/",
    "trivia/<slug:slug>/sheet/answers/", "my-data/", "my-data/<str:token>/", "contest/<slug:slug>/enter/",
    "contest/did-i-win/", "contest/confirm/<str:token>/", "contest/receipts/<str:code>/",
    "contest/receipts/<str:code>/claim/", "reel-requests/ask/", "reel-requests/yours/",
    "reel-requests/confirm/<str:token>/", "reel-requests/leave/<str:key>/", "reel-requests/<int:pk>/guess/",
}  # fmt: skip
PAGES_WITH_BUTTONS = {"trivia/<slug:slug>/", "trivia/on/<slug:slug>/", "reel-requests/rounds/<int:pk>/"}
READ_ONLY = [
    each for each in PAGES if PAGES[each][2] == "html" and each not in PAGES_WITH_FORMS | PAGES_WITH_BUTTONS
]


def test_every_page_refuses_other_methods(subtests, magazine):
    for pattern in READ_ONLY:
        with subtests.test(pattern):
            assert Client().post(path_of(pattern, magazine)).status_code in (403, 405)


def test_the_checks_find_planted_faults():
    """Negative control: each of these faults must be found."""
    page = "<!doctype html><html lang=en><head><title>t</title></head><body><h1>x</h1>{}</body></html>"
    for wrong in (
        "<p style='color:red'>", "<script>1</script>", "<p onclick='x()'>", "MISSING[film]",
        '<img src="https://elsewhere.example/x.png" alt="">', '<i id="a"></i><i id="a"></i>', "<p></div>",
    ):  # fmt: skip
        with pytest.raises((AssertionError, html5lib.html5parser.ParseError)):
            check_html(page.format(wrong), None)


def test_missing_pages_have_an_error_page(db):
    response = Client().get("/reviews/no-such-film/")

    assert response.status_code == 404
    assert "This reel is missing" in response.content.decode()
    check_html(response.content.decode(), None)


def test_a_server_error_has_an_error_page(db, monkeypatch):
    monkeypatch.setattr("cinemaclips.views.front.front_page_context", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "The film has torn" in response.content.decode()
    check_html(response.content.decode(), None)


def test_pages_work_in_an_empty_magazine(db):
    for path in ("/", "/reviews/", "/interviews/", "/search/", "/feeds/rss.xml"):
        assert Client().get(path).status_code == 200
