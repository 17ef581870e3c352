"""Nested spoilers stay hidden, and the desk refuses to save them."""

import re

import pytest
from django.core.exceptions import ValidationError

from magazine.markup import NESTED_SPOILER, clean, unnest_spoilers
from magazine.models import Article
from magazine.rendering import Audience, render, without_spoilers
from tests.factories import make_review

SECRET = "xylophonist"
NESTED = (
    "<p>Before.</p><details><summary>The end</summary><p>One.</p>"
    f"<details><summary>Its butler</summary><p>Two.</p></details><p>The {SECRET} did it.</p></details><p>After.</p>"
)
UNNESTED = (
    "<p>Before.</p><details><summary>The end</summary><p>One.</p>"
    f"<p>Its butler</p><p>Two.</p><p>The {SECRET} did it.</p></details><p>After.</p>"
)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a<details>b</details>c", "a-c"),
        ("a<details>b<details>c</details>d</details>e", "a-e"),
        ("a<details>b<details>c<details>d</details>e</details>f</details>g", "a-g"),
        ("a<details>b<details>c</details>d<details>e</details>f</details>g", "a-g"),
        ("a<details>b</details>c<details>d</details>e", "a-c-e"),
        ("a<details open>b<details class='x'>c</details>d</details>e", "a-e"),
        ("a<details>b<details>c</details>d", "a-"),
        ("a<details>b<details>c", "a-"),
        ("a</details>b<details>c</details>d", "ab-d"),
        ("a</details></details>b<details>c<details>d</details>e</details>f", "ab-f"),
        ("a<details>b</details></details>c<details>d<details>e</details>f</details>g", "a-c-g"),
    ],
)
def test_the_words_after_an_inner_spoiler_stay_hidden(html, shown):
    assert without_spoilers(html, "-") == shown


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience is not Audience.PAGE])
def test_no_audience_but_the_page_gets_a_word_of_nested_spoilers(audience):
    text = render(NESTED, audience)

    assert "Before." in text and "After." in text
    assert not any(word in text for word in (SECRET, "One.", "Two.", "butler", "The end"))


@pytest.mark.parametrize(
    ("html", "unnested"),
    [
        (NESTED, UNNESTED),
        (UNNESTED, UNNESTED),
        ("<p>plain</p>", "<p>plain</p>"),
        (
            "<details>a<details>b<details>c</details>d</details>e</details>f<details>g</details>",
            "<details>abcde</details>f<details>g</details>",
        ),
    ],
)
def test_an_inner_spoiler_is_merged_into_the_outer_one(html, unnested):
    assert unnest_spoilers(html) == unnested
    assert clean(unnested) == unnested


@pytest.mark.parametrize("body", [NESTED, "<details><p>left open</p><details><p>x</p></details>"])
def test_the_desk_refuses_a_spoiler_inside_another(db, body):
    review = make_review()
    review.body = body
    with pytest.raises(ValidationError) as refused:
        review.full_clean()

    assert refused.value.message_dict == {"body": [NESTED_SPOILER]}


@pytest.mark.parametrize(
    "body", [UNNESTED, "<details><p>a</p></details><details><p>b</p></details>", "<p>none</p>"]
)
def test_the_desk_accepts_spoilers_after_each_other(db, body):
    review = make_review()
    review.body = body
    review.full_clean()

    assert review.body == body


def test_what_is_saved_without_a_form_is_unnested(db):
    review = make_review(body=NESTED)
    review.refresh_from_db()

    assert review.body == UNNESTED


@pytest.fixture
def nested_review(db):
    """A published review whose text in the database has nested spoilers."""
    review = make_review(title="Plain title", slug="plain", dek="", body=NESTED)
    Article.objects.filter(pk=review.pk).update(body=NESTED)
    return review


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/rss.xml",
        "/feeds/atom.xml",
        "/feeds/feed.json",
        "/reviews/",
        "/",
        "/search/?q=Plain",
    ],
)
def test_no_list_feed_or_search_shows_a_nested_spoiler(client, nested_review, path):
    response = client.get(path)
    page = response.content.decode()

    assert response.status_code == 200
    assert SECRET not in page


def test_the_page_shows_it_only_inside_the_spoiler(client, nested_review):
    page = client.get("/reviews/plain/").content.decode()

    assert page.count(SECRET) == 1
    assert SECRET not in page[: page.index("<details><summary>The end")]  # title, meta tags, JSON-LD
    assert re.search(rf"<details><summary>The end.*{SECRET} did it", page, re.S)


def test_search_does_not_find_a_review_by_a_word_of_its_spoiler(client, nested_review):
    assert "/reviews/plain/" not in client.get(f"/search/?q={SECRET}").content.decode()
