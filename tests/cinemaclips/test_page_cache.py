"""A cached page is byte for byte the same for all readers, and is rendered again after any change."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from about.models import Letter
from cinemaclips import cache_generation
from cinemaclips.page_cache import MAX_AGE, MAX_BYTES, next_change_at
from magazine.models import Article, Byline, Pin
from magazine.sections import clock_boundaries
from reviews.models import Review
from tests.factories import (
    make_contributor,
    make_episode,
    make_film,
    make_photo,
    make_review,
    make_round,
    make_staff,
)
from tests.test_every_page import PAGES, PAGES_WITH_FORMS, magazine, path_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("page_cache_on")
ACCEPT_GZIP = {"accept-encoding": "gzip"}
# Responses that are never cached: images, files, and forms with a stamp.
NEVER_CACHED = {"jpeg", "picture", "zip", "svg", "redirect", "for today", "game", "fan"}
PERSONAL_PAGES = PAGES_WITH_FORMS | {"mailbox/"}


@pytest.fixture
def review(db):
    return make_review(make_contributor(name="Nora"), title="Dark", slug="dark", film=make_film())


def get_counting_queries(path, client=None, **headers):
    """(response at `path`, number of queries)."""
    with CaptureQueriesContext(connection) as captured:
        response = (client or Client()).get(path, headers=headers)
    return response, len(captured)


def is_cached(path, **headers):
    """Whether a second reader gets the same page as the first, for one query."""
    first, _ = get_counting_queries(path, **headers)
    second, queries = get_counting_queries(path, **headers)
    assert second.content == first.content
    return queries == 1


def test_every_page_is_rendered_once(subtests, magazine, monkeypatch):  # noqa: F811
    moment = timezone.now()  # one fixed time, since pages are rendered again at midnight
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for pattern in PAGES:
        if PAGES[pattern][2] not in NEVER_CACHED:
            with subtests.test(pattern):
                check_cached_after_first(pattern, magazine)


def check_cached_after_first(pattern, magazine):  # noqa: F811
    path, queries = path_of(pattern, magazine), PAGES[pattern][1]

    first, first_queries = get_counting_queries(path)
    second, second_queries = get_counting_queries(path)

    assert second.status_code == first.status_code == 200
    if pattern in PERSONAL_PAGES:
        assert (first_queries, second_queries) == (queries + 1, queries + 1)
    else:
        assert (first_queries, second_queries) == (queries + 2, 1)
        assert second.content == first.content
        assert headers_of(second) == headers_of(first)


def headers_of(response):
    """All headers but the id that each request has."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


def test_files_are_not_cached(subtests, magazine, page_cache_on):  # noqa: F811
    for pattern in PAGES:
        if PAGES[pattern][2] in NEVER_CACHED:
            with subtests.test(pattern):
                get_counting_queries(path_of(pattern, magazine))[0].getvalue()

                assert not page_cache_on._cache


CHANGES = {
    "saved": lambda review: review.save(),
    "withdrawn by a query": lambda review: Review.objects.update(published_at=None),
    "deleted": lambda review: review.delete(),
    "signed by another": lambda review: Byline.objects.create(article=review, contributor=make_contributor()),
    "tagged": lambda review: review.tags.add("noir"),
    "changed by plain SQL": lambda review: connection.cursor().execute(
        "UPDATE magazine_article SET title = 'Darker'"
    ),
    "another film's poster": lambda review: make_film(poster=make_photo()),
}


# With real transactions, since on PostgreSQL the generation is counted at the commit.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES)
def test_any_change_starts_a_new_generation(change, review):
    assert is_cached("/reviews/dark/")

    CHANGES[change](review)

    assert get_counting_queries("/reviews/dark/")[1] > 1


def test_changes_that_no_page_shows_start_no_generation(review):
    assert is_cached("/reviews/dark/")

    call_command("createsuperuser", username="nora", email="n@example.com", interactive=False)
    Letter.objects.all().update(name="Someone")
    make_staff()

    assert get_counting_queries("/reviews/dark/")[1] == 1


def test_a_cached_page_expires_at_a_clock_boundary(review, monkeypatch):
    now = timezone.now()
    due = now + timedelta(seconds=20)
    make_review(title="Later", published_at=due)
    assert is_cached("/reviews/")

    monkeypatch.setattr(timezone, "now", lambda: due - timedelta(milliseconds=1))
    assert b"Later" not in get_counting_queries("/reviews/")[0].content
    monkeypatch.setattr(timezone, "now", lambda: due)
    assert b"Later" in get_counting_queries("/reviews/")[0].content


SOON = timedelta(seconds=20)
BOUNDARY_CHANGES = {
    "a piece goes out": lambda at: make_review(published_at=at),
    "a picture may be shown": lambda at: make_photo(usable_from=at),
    "a picture's rights end": lambda at: make_photo(usable_until=at),
    "a pin comes off": lambda at: Pin.objects.create(slot="lead", article=make_review(), until=at),
    "the show begins": lambda at: make_episode(airs=at),
    "a round opens": lambda at: make_round(opens_at=at, closes_at=at + timedelta(days=9)),
    "a round closes": lambda at: make_round(closes_at=at),
    "the show ends": lambda at: make_episode(airs=at - timedelta(minutes=30)),
}


@pytest.mark.parametrize("change", BOUNDARY_CHANGES)
def test_next_change_at_is_the_first_clock_boundary(change, db):
    now = timezone.now().replace(hour=19)
    assert next_change_at(now) == now + MAX_AGE

    BOUNDARY_CHANGES[change](now + SOON)

    assert next_change_at(now) == now + SOON


def test_a_day_ends_at_midnight_in_the_site_s_zone(db):
    late = timezone.localtime().replace(hour=23, minute=59, second=50, microsecond=0)

    assert next_change_at(late) == late + timedelta(seconds=10)


# Columns that say when something was done, or that no public page compares with the current time.
NOT_CLOCK_BOUNDARIES = {
    *("magazine_article.embargo_until", "magazine_article.updated_at", "magazine_staticpage.updated_at"),
    *("links_link.added_at", "links_link.checked_at", "links_link.worked_at", "links_link.failing_since"),
    *("links_link.next_check", "films_release.updated_at", "photos_photo.uploaded_at"),
    "redirects_redirect.created_at",
    *("trivia_question.added_at", "trivia_ruling.ruled_at"),
    *(
        "contest_auditevent.occurred_at",
        "contest_amendment.created_at",
        "contest_rules.created_at",
        "contest_source.drawn_at",
    ),
    *("reelrequests_step.at", "reelrequests_guess.guessed_at"),
    *("contest_freeze.frozen_at", "contest_freeze.numbers_at", "contest_outcome.drawn_at"),
}


def test_every_clock_boundary_is_known():
    """A new date or time column must be listed, as a clock boundary or as one that changes no page."""
    every = {
        f"{model._meta.db_table}.{field.column}"
        for model in cache_generation.models_on_pages()
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField)
    }
    assert every == NOT_CLOCK_BOUNDARIES | {
        f"{model._meta.db_table}.{name}" for model, name in clock_boundaries()
    }


@pytest.mark.django_db(transaction=True)
def test_staff_never_get_a_cached_page(review):
    assert is_cached("/reviews/dark/")
    client = Client()
    client.force_login(make_staff())

    assert get_counting_queries("/reviews/dark/", client)[1] > 1
    review.published_at = None
    review.save()
    assert get_counting_queries("/reviews/dark/", client)[0].status_code == 200  # a preview for staff ...
    assert get_counting_queries("/reviews/dark/")[0].status_code == 404  # ... is sent to nobody else


def test_pages_are_cached_by_host_query_and_encoding(review):
    plain, _ = get_counting_queries("/reviews/dark/")
    gzipped, queries = get_counting_queries("/reviews/dark/", **ACCEPT_GZIP)

    assert queries > 1
    assert gzipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert is_cached("/reviews/dark/", **ACCEPT_GZIP)
    assert (
        b"Nothing" in get_counting_queries("/reviews/?rating=1")[0].content
        or get_counting_queries("/reviews/?rating=1")[1] == 1
    )
    assert (
        get_counting_queries("/reviews/")[0].content != get_counting_queries("/reviews/?rating=1")[0].content
    )


def test_a_browser_that_has_the_page_gets_a_304(review):
    page, _ = get_counting_queries("/reviews/dark/")

    again, queries = get_counting_queries("/reviews/dark/", **{"if-none-match": page.headers["ETag"]})

    assert (again.status_code, again.content, queries) == (304, b"", 1)


def test_errors_are_not_cached(review, page_cache_on):
    assert get_counting_queries("/reviews/none/")[0].status_code == 404
    assert get_counting_queries("/reviews/dark/", host="elsewhere.example")[0].status_code == 400
    assert Client().head("/reviews/dark/").status_code == 200
    assert not page_cache_on._cache


def test_a_page_that_is_too_large_is_not_cached(review, page_cache_on):
    Article.objects.update(body=f"<p>{'word ' * (MAX_BYTES // 5)}</p>")

    assert not is_cached("/reviews/dark/")


@pytest.mark.parametrize("path", ["/reviews/dark/", "/trivia/daily/restore/"])
def test_an_unchanged_page_that_is_not_cached_is_a_304(review, page_cache_on, path):
    """The page is rendered again and equals the browser's copy, so the response is a 304 without a type."""
    first, _ = get_counting_queries(path)
    page_cache_on.clear()

    again, _ = get_counting_queries(path, **{"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
