"""Saved pages: what is kept, and what may never be sent from it."""

import gzip
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError, OperationalError, ProgrammingError
from django.test import Client
from django.utils import timezone

from cinemaclips import cache_generation, database_outage, outage_middleware, saved_pages
from cinemaclips.database_outage import PAUSE, Pause, is_outage
from magazine.models import Article
from photos.models import Photo
from reviews.models import Review
from tests.factories import make_photo, make_request, make_review, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def outage(page_cache_on, settings, tmp_path, monkeypatch):
    """Call it, and the database cannot be read any more; call it with False, and it can."""
    settings.SAVED_PAGES = tmp_path / "saved_pages"
    monkeypatch.setattr(saved_pages, "_last_noted", 0)
    monkeypatch.setattr(saved_pages, "_reported_at", {})
    monkeypatch.setattr(database_outage.pause, "until", 0.0)
    broken = []

    def refuse(execute, sql, params, many, context):
        if broken:
            raise OperationalError("unable to open database file")
        return execute(sql, params, many, context)

    def set_outage(begin=True):
        page_cache_on.clear()
        database_outage.pause.end()
        broken[:] = [True] if begin else []

    with connection.execute_wrapper(refuse):
        yield set_outage


@pytest.fixture
def review(outage):
    return make_review(title="Dark", slug="dark", lead_photo=make_photo())


def get(path="/reviews/dark/", **headers):
    return Client(raise_request_exception=False).get(path, headers=headers)


def is_copy(response):
    return response.headers.get("X-Served") == "saved copy"


def test_a_page_that_was_rendered_is_sent_with_its_time(review, outage):
    assert not is_copy(get())
    outage()
    copy = get()

    assert copy.status_code == 200 and is_copy(copy)
    assert "You are reading a copy of this page from" in copy.content.decode()
    assert copy.headers["Cache-Control"] == "private, no-store" and int(copy.headers["Age"]) >= 0
    assert copy.headers["Content-Security-Policy"]
    assert "Dark" in gzip.decompress(get(accept_encoding="gzip").content).decode()
    outage(begin=False)
    assert not is_copy(get())


def test_a_feed_is_sent_as_it_was(review, outage):
    before = get("/feeds/rss.xml").content
    outage()
    assert get("/feeds/rss.xml").content == before


def test_a_page_that_nobody_has_read_is_unavailable(review, outage):
    outage()
    response = get()

    assert response.status_code == 503 and response.headers["Retry-After"] == "30"
    assert "is being repaired" in response.content.decode()


def test_a_copy_that_the_disk_has_spoiled_is_not_sent(review, outage, settings):
    get()
    for file in settings.SAVED_PAGES.rglob("*"):
        if file.is_file() and file.name != "withdrawals":
            file.write_bytes(b"half of a pa")
    outage()
    assert get().status_code == 503


def test_the_copy_of_another_url_in_the_same_place_is_not_sent(review, outage, monkeypatch):
    monkeypatch.setattr(saved_pages, "PLACES_WITH_QUERY", 1)
    get("/search/?q=dark")
    get("/search/?q=light")
    outage()

    assert is_copy(get("/search/?q=light"))
    assert get("/search/?q=dark").status_code == 503


def test_a_personal_page_is_not_saved(review, outage):
    editor = Client()
    editor.force_login(make_staff("editor"))
    editor.get("/reviews/dark/")
    assert get("/about/contact/").status_code == 200
    outage()

    assert get("/reviews/dark/").status_code == get("/about/contact/").status_code == 503


def test_a_page_without_the_page_cache_is_not_saved(review, outage, settings):
    settings.PAGE_CACHE = False
    get()
    settings.PAGE_CACHE = True
    outage()
    assert get().status_code == 503


def test_a_piece_that_was_unpublished_is_not_sent_from_any_copy(review, outage):
    get()
    get("/reviews/")
    Article.objects.update(published_at=None)
    assert get().status_code == 404  # this process has seen it, and notes it for all
    outage()

    assert get().status_code == get("/reviews/").status_code == 503


def test_a_withdrawal_at_the_desk_is_noted_at_once(review, outage):
    get()
    editor = Client()
    editor.force_login(make_staff("editor"))
    Article.objects.update(unlisted=True)  # as the desk's form does; any POST notes it
    editor.post("/desk/")
    outage()

    assert get().status_code == 503


def test_a_change_of_words_keeps_the_copies(review, outage):
    get()
    Review.objects.update(verdict="Darker.")
    get("/reviews/")
    outage()
    assert is_copy(get())


def test_no_copy_is_sent_after_the_rights_to_a_photo_on_it_have_ended(outage, monkeypatch):
    ends = timezone.now() + timedelta(hours=1)
    make_review(title="Dark", slug="dark", lead_photo=make_photo(usable_until=ends))
    get()
    outage()
    assert is_copy(get())
    monkeypatch.setattr(timezone, "now", lambda: ends)

    assert get().status_code == 503


def test_a_disk_that_cannot_be_written_costs_readers_nothing(review, outage, settings, tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.touch()
    settings.SAVED_PAGES = blocked
    Article.objects.update(unlisted=True)
    for path in ("/reviews/dark/", "/reviews/"):
        assert get(path).status_code == 200
    assert caplog.text.count("A page could not be saved") == caplog.text.count("could not be withdrawn") == 1


def test_a_form_gets_its_words_back_without_passwords(review, outage):
    outage()
    sent = {"title": "Stalker\nand more", "stamp": "a" * 60, "password": "secret", "kind": "film"}
    response = Client(raise_request_exception=False).post("/reel-requests/ask/", sent)
    page = response.content.decode()

    assert response.status_code == 503
    assert "<dd>Stalker<br>and more</dd>" in page and 'action="/reel-requests/ask/"' in page
    assert f'name="stamp" value="{"a" * 60}"' in page and f"<dd>{'a' * 60}" not in page
    assert "secret" not in page


def test_an_answer_goes_out_though_the_database_fails_behind_it(review, outage, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(outage_middleware, "current_generation", fail)
    assert Client().post("/about/contact/", {}).status_code == 422


def test_a_mistake_of_ours_is_no_outage(review, outage, monkeypatch):
    def fail():
        raise ProgrammingError

    monkeypatch.setattr("cinemaclips.page_cache.current_generation", fail)
    assert get().status_code == 500
    assert not is_outage(IntegrityError()) and not is_outage(ValueError()) and not is_outage(None)


def test_in_a_pause_only_the_first_request_asks_the_database(review, outage, monkeypatch):
    get()
    outage()
    get()
    with connection.execute_wrapper(lambda *args: pytest.fail("The database was asked.")):
        assert is_copy(get())
    now = database_outage.time.monotonic() + PAUSE
    monkeypatch.setattr(database_outage.time, "monotonic", lambda: now)
    pause = Pause(until=now - 1)
    assert (pause.lets_pass(), pause.lets_pass()) == (True, False)
    pause.end()
    assert pause.lets_pass() and pause.lets_pass()


@pytest.mark.parametrize(
    "model", [each for each in apps.get_models() if "withdrawal_fields" in vars(each)], ids=str
)
def test_each_field_of_a_withdrawal_exists_and_has_a_trigger(model):
    fields = {field.name for field in model._meta.get_fields()}
    assert set(model.withdrawal_fields) <= fields
    assert [
        trigger
        for trigger in cache_generation.generation_triggers("sqlite")
        if trigger.table == model._meta.db_table and "UPDATE OF" in trigger.sql
    ]


def test_what_takes_something_from_readers_is_a_withdrawal_and_nothing_else():
    review, request = make_review(lead_photo=make_photo()), make_request()

    def withdrawals(change):
        before = cache_generation.current_generation().withdrawals
        change()
        return cache_generation.current_generation().withdrawals - before

    assert withdrawals(lambda: Review.objects.update(verdict="Other")) == 0
    assert withdrawals(lambda: Article.objects.update(title="Other")) == 0
    assert withdrawals(lambda: Article.objects.update(unlisted=False)) == 0
    assert withdrawals(lambda: Article.objects.update(unlisted=True)) == 1
    assert withdrawals(lambda: Photo.objects.update(usable_until=timezone.now())) == 1
    assert withdrawals(lambda: type(request).objects.update(moderation="spam")) == 1
    assert withdrawals(review.delete) > 0
