"""Redirects: one hop to a page that exists, or a 404 that offers search; never to another site."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from blog.models import Series
from magazine.models import StaticPage
from redirects.models import Redirect
from tests.factories import (
    make_contributor,
    make_film,
    make_person,
    make_post,
    make_review,
    make_staff,
    tomorrow,
)


def make_redirect(old, new, query="", **fields):
    return Redirect.objects.create(old_path=old, new_path=new, old_query=query, **fields)


def ask(client, path):
    """Request a raw path; the test client would take "//x" for a host."""
    return client.get("/", PATH_INFO=path) if path.startswith("//") else client.get(path)


def hop(client, path):
    """The target of `path`, None for a 404. Asserts one permanent redirect to a page that returns 200."""
    response = ask(client, path)
    if response.status_code == 404:
        assert "Search the magazine" in response.content.decode()
        return None
    assert response.status_code == 301, (path, response.status_code)
    target = response.headers["Location"]
    assert target.startswith("/") and not target.startswith("//")
    assert client.get(target).status_code == 200
    return target


MAKERS = {
    "review": lambda: make_review(slug="old"),
    "post": lambda: make_post(slug="old"),
    "film": lambda: make_film(slug="old"),
    "person": lambda: make_person(slug="old"),
    "contributor": lambda: make_contributor(slug="old"),
    "page": lambda: StaticPage.objects.create(title="T", slug="old", body="<p>x</p>"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_changed_slug_leaves_a_redirect(client, db, kind):
    page = MAKERS[kind]()
    old = page.get_absolute_url()
    page.slug = "new"
    page.save()

    assert hop(client, old) == page.get_absolute_url()


def test_a_changed_slug_of_a_series_leaves_a_redirect(client, db):
    series = Series.objects.create(name="S", slug="old")
    make_post(series=series)
    series.slug = "new"
    series.save()
    assert hop(client, "/blog/series/old/") == "/blog/series/new/"


def test_any_number_of_changes_is_one_hop(client, db):
    review = make_review(slug="one")
    for slug in ("two", "three", "four"):
        review.slug = slug
        review.save()

    assert {hop(client, f"/reviews/{slug}/") for slug in ("one", "two", "three")} == {"/reviews/four/"}


def test_changing_a_slug_back_makes_no_loop(client, db):
    review = make_review(slug="one")
    for slug in ("two", "one"):
        review.slug = slug
        review.save()

    assert client.get("/reviews/one/").status_code == 200
    assert hop(client, "/reviews/two/") == "/reviews/one/"


def test_a_changed_slug_of_a_draft_leaves_no_redirect(client, db):
    draft = make_review(slug="one", published_at=None)
    draft.slug = "the-secret-title"
    draft.save()
    assert Redirect.objects.count() == 0

    live = make_review(slug="live")
    live.slug, live.published_at = "the-secret-name", live.published_at
    live.save()
    live.published_at = tomorrow()
    live.save()
    response = client.get("/reviews/live/")
    assert response.status_code == 404 and "the-secret-name" not in str(response.headers)


def test_an_unchanged_slug_costs_one_extra_query(db, django_assert_num_queries):
    review = make_review(slug="one")
    with django_assert_num_queries(3):  # the piece as it was, the parent row, the child row
        review.save()


@pytest.mark.parametrize(
    "path",
    [
        "/reviews/m", "/Reviews/M/", "/REVIEWS/m", "//reviews/m/", "/reviews//m/", "///reviews///m///", "/reviews/m.htm",
        "/reviews/m.html", "/reviews/M.HTML", "/reviews/m/index.html", "/reviews/m/index.htm", "/reviews/m.php", "\\reviews\\m",
        "/reviews/m/index.php", "/reviews/m/default.asp", "/reviews/m.shtml", "/reviews/%6d/index.htm", "/reviews/m/home.html",
    ],
)  # fmt: skip
def test_old_spellings_of_a_url_redirect(client, db, path):
    make_review(slug="m")
    assert hop(client, path) == "/reviews/m/"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/index.html", "/"),
        ("/index.htm", "/"),
        ("/default.asp", "/"),
        ("/Reviews.htm", "/reviews/"),
        ("/desk", "/desk/"),
    ],
)
def test_old_names_of_the_front_page_redirect_to_it(client, db, path, target):
    client.force_login(make_staff())
    assert hop(client, path) == target


def test_staff_who_are_not_logged_in_find_the_desk(client, db):
    assert client.get("/desk").headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    "path",
    ["/reviews/none", "/reviews/none.htm", "/%zz/", "/%ff%fe/", "/%00/", "/reviews/%00.htm", "/" + "a/" * 400, "/..%2f..%2fetc/passwd",
     "/reviews/m%0d%0aSet-Cookie:x=1/", "//evil.example/", "/\\evil.example/", "/%5c%5cevil.example", "/reviews/?page=99%00", "/.htm", "/*", "/?%00"],
)  # fmt: skip
def test_any_path_is_a_404_or_a_page_and_never_an_error(client, db, path):
    make_review(slug="m")
    response = ask(client, path)

    assert response.status_code in (200, 301, 404)
    if response.status_code == 301:
        assert hop(client, path)


@pytest.mark.parametrize(
    "evil", ["//evil.example/x", "/\\evil.example", "///evil.example", "/%2fevil.example"]
)
def test_a_prefix_never_leads_out_of_the_site(client, db, evil):
    make_redirect("/go/", "/*", is_prefix=True)
    make_review(slug="m")
    target = client.get(f"/go{evil}").headers.get("Location", "")

    assert not target.startswith("//") and "evil" not in target
    assert client.get("/go/reviews/m/").headers["Location"] == "/reviews/m/"


def test_exact_query_and_prefix_redirects_are_followed(client, db):
    for slug in ("m", "n", "p"):
        make_review(slug=slug)
    make_redirect("/show.php", "/reviews/m/", "id=12")
    make_redirect("/show.php", "/reviews/n/")
    make_redirect("/movies/", "/reviews/*", is_prefix=True)
    make_redirect("/movies/dvd/", "/dvdelighted/", is_prefix=True)

    assert hop(client, "/show.php?id=12") == "/reviews/m/"
    assert hop(client, "/show.php?id=13") == "/reviews/n/"
    assert hop(client, "/Show.PHP?id=12") == "/reviews/m/"
    assert hop(client, "/movies/p/") == "/reviews/p/"
    assert hop(client, "/movies/p.htm") == "/reviews/p/"
    assert hop(client, "/movies/dvd/anything/at/all.htm") == "/dvdelighted/"
    assert hop(client, "/movies/none/") is None


def test_a_redirect_can_lead_to_a_file(client, db):
    make_redirect("/presskit.zip", "/press/kit.zip")
    response = client.get("/presskit.zip")

    assert (response.status_code, response.headers["Location"]) == (301, "/press/kit.zip")


def test_the_query_string_is_kept_where_only_the_spelling_differs(client, db):
    make_review(slug="m")

    assert hop(client, "/search?q=m%C3%A9tro&section=reviews") == "/search/?q=m%C3%A9tro&section=reviews"
    assert hop(client, "/Reviews?page=1") == "/reviews/?page=1"
    assert hop(client, "/reviews/m.php?id=3") == "/reviews/m/"
    assert hop(client, "/reviews?page=9") is None


def test_a_missing_page_costs_few_queries(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert client.get("/reviews/no-such-film.htm").status_code == 404


def test_old_front_page_queries_redirect(client, db):
    make_review(slug="m")
    make_review(slug="draft", published_at=None)
    make_redirect("/", "/reviews/m/", "p=12")
    make_redirect("/", "/reviews/draft/", "p=13")

    assert hop(client, "/?p=12") == "/reviews/m/"
    for query in ("p=13", "p=14", "utm_source=x", "%00"):
        assert client.get(f"/?{query}").status_code == 200


def test_a_page_that_is_there_is_never_redirected(client, db):
    make_review(slug="m")
    make_redirect("/reviews/m/", "/reviews/")
    assert client.get("/reviews/m/").status_code == 200


def test_only_get_and_head_are_redirected(client, db):
    make_review(slug="m")
    assert client.post("/reviews/m").status_code in (403, 404)
    assert client.head("/reviews/m").status_code == 301


def test_a_redirect_stays_within_the_site(db):
    for wrong in ({"old_path": "x"}, {"new_path": "//evil.example/"}, {"new_path": "https://evil.example/"}):
        with pytest.raises(ValidationError, match="never leaves the site"):
            Redirect(**{"old_path": "/a", "new_path": "/b"} | wrong).full_clean()
    with pytest.raises(IntegrityError):
        make_redirect("/a", "//evil.example/")


def test_str_of_a_redirect(db):
    assert str(make_redirect("/a.php", "/reviews/", "id=1")) == "/a.php?id=1 → /reviews/"
    assert str(make_redirect("/b/", "/reviews/*", is_prefix=True)) == "/b/* → /reviews/*"
    Redirect.objects.record("/same/", "/same/")
    assert Redirect.objects.count() == 2
