import pytest
from hypothesis import given
from hypothesis import strategies as st

from magazine.markup import clean
from magazine.rendering import Audience, as_text, photos_in, render, without_spoilers
from tests.factories import make_photo

SPOILT = "<p>One.</p><details><summary>end</summary><p>He wakes.</p></details><p>Two.</p>"


@pytest.mark.parametrize(
    ("audience", "output"),
    [
        (Audience.PAGE, SPOILT),
        (Audience.FEED, "<p>One.</p><p>[spoiler]</p><p>Two.</p>"),
        (Audience.MAIL, "<p>One.</p><p>[spoiler]</p><p>Two.</p>"),
        (Audience.PRINT, "<p>One.</p><p>[spoiler]</p><p>Two.</p>"),
        (Audience.SUMMARY, "One. [spoiler] Two."),
        (Audience.SEARCH, "One. Two."),
    ],
)
def test_rendering_for_each_audience(audience, output):
    assert render(SPOILT, audience) == output


PIECES = st.lists(
    st.sampled_from(["<details>", "</details>", "<summary>", "<p>", "</p>", "safe ", "<b>", "<details open>"])
)


@given(PIECES, PIECES)
def test_a_nested_spoiler_is_hidden_whole(before, after):
    html = clean("".join(before) + "<details><p>xylophonist</p></details>" + "".join(after))

    for audience in set(Audience) - {Audience.PAGE}:
        assert "xylophonist" not in render(html, audience)


def test_an_unclosed_spoiler_hides_the_rest_of_the_text():
    assert without_spoilers("a<details>b", "-") == "a-"
    assert without_spoilers("a</details>b", "-") == "ab"


def test_plain_text_separates_the_words_of_neighbouring_blocks():
    assert as_text("<h2>One</h2><p>two<br>three &amp; four</p>") == "One two three & four"


def test_a_photo_is_rendered_with_caption_and_credit(db):
    photo = make_photo(caption="The booth")
    html = render(f'<figure data-photo="{photo.pk}"></figure>', Audience.PAGE)

    assert "The booth" in html and "Photo: Amber Kelley" in html and 'alt="A door"' in html


def test_a_deleted_photo_is_rendered_as_nothing(db):
    assert render('<p>x</p><figure data-photo="9"></figure>', Audience.PAGE) == "<p>x</p>"


def test_photos_take_one_query_or_none(db, django_assert_num_queries):
    photo = make_photo()
    with django_assert_num_queries(1):
        assert photos_in(f'<figure data-photo="{photo.pk}"></figure>' * 3) == {photo.pk: photo}
    with django_assert_num_queries(0):
        assert photos_in("<p>none</p>") == {}


def test_feeds_get_absolute_urls(db):
    photo = make_photo()
    html = f'<a href="/reviews/m/">M</a><figure data-photo="{photo.pk}"></figure><aside data-film="m-1931">M (1931)</aside>'
    feed = render(html, Audience.FEED)

    assert 'href="http://127.0.0.1:8000/reviews/m/"' in feed
    assert 'src="http://127.0.0.1:8000/photos/' in feed
    assert '"/' not in feed and " /photos/" not in feed


def test_a_film_card_links_to_the_film():
    html = render('<aside data-film="m-1931">M &amp; <em>more</em></aside>', Audience.PAGE)

    assert '<a href="/films/m-1931/">' in html and "M &amp; more" in html
