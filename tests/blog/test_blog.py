from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from blog.models import Post, Series
from tests.factories import make_post


def make_post_on(year, month, day, **fields):
    return make_post(published_at=datetime(year, month, day, 20, tzinfo=UTC), **fields)


def titles(page):
    return [post.title for post in page.context["page"]]


def test_archives_by_year_and_month(client, db):
    make_post_on(2024, 2, 3, title="February")
    make_post_on(2024, 11, 5, title="November")
    make_post_on(2023, 2, 9, title="Before")

    assert titles(client.get("/blog/2024/")) == ["November", "February"]
    assert titles(client.get("/blog/2024/2/")) == ["February"]
    months = [(month.year, month.month, posts) for month, posts in client.get("/blog/").context["months"]]
    assert months == [(2024, 11, 1), (2024, 2, 1), (2023, 2, 1)]


@pytest.mark.parametrize(
    "path", ["/blog/2022/", "/blog/2024/3/", "/blog/2024/13/", "/blog/0/", "/blog/series/none/"]
)
def test_an_empty_archive_is_a_404(client, db, path):
    make_post_on(2024, 2, 3)
    assert client.get(path).status_code == 404


def test_months_are_those_of_the_site_s_zone(client, db):
    make_post(published_at=datetime(2024, 3, 1, 5, tzinfo=UTC))  # still 29 February in Arizona

    assert client.get("/blog/2024/2/").status_code == 200
    assert client.get("/blog/2024/3/").status_code == 404


def test_a_series_is_read_from_its_beginning_and_posts_know_their_neighbours(client, db):
    series = Series.objects.create(name="Notes", slug="notes")
    one, two, three = (make_post_on(2024, 1, day, title=str(day), series=series) for day in (1, 2, 3))
    make_post(series=series, published_at=None)

    assert titles(client.get("/blog/series/notes/")) == ["1", "2", "3"]
    assert [each.neighbours() for each in (one, two, three)] == [(None, two), (one, three), (two, None)]
    assert str(series) == "Notes"


def test_a_post_without_a_series_or_a_draft_has_no_neighbours(db):
    assert make_post().neighbours() == (None, None)
    series = Series.objects.create(name="Notes", slug="notes")
    assert make_post(series=series, published_at=None).neighbours() == (None, None)


def test_an_overheard_post_shows_the_quote_and_who_said_it(client, db):
    make_post(
        kind="overheard", dek="Which one of them was I in love with?", said_by="A man in row F", body=""
    )
    make_post(title="An entry")

    for path in ("/blog/", "/blog/overheard/"):
        page = client.get(path).content.decode()
        assert "“Which one of them was I in love with?”" in page and "A man in row F" in page
    assert "An entry" not in client.get("/blog/overheard/").content.decode()
    assert Post.objects.overheard().get().publish_blockers() == []


def test_the_database_refuses_an_overheard_post_without_a_speaker(db):
    with pytest.raises(IntegrityError):
        make_post(kind="overheard")


def test_an_entry_needs_a_text(db):
    assert [each.field for each in make_post(body="").publish_blockers()] == ["body"]
