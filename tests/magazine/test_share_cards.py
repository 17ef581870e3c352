"""Share cards: any title can be drawn, and a card is drawn anew only when its content changes."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from magazine import share_cards
from magazine.card_fonts import MARQUEE_FONT, READING_FONT, drawable
from magazine.share_card_drawing import MAX_TITLE_WIDTH, draw_jpeg
from magazine.share_cards import ShareCard, find_subject, share_card_for
from magazine.typesetting import fitted_lines
from tests.factories import (
    make_contributor,
    make_film,
    make_person,
    make_photo,
    make_review,
    tomorrow,
    yesterday,
)

LONG = "A title that goes on and on, as if nobody had told its author to stop, and that does not stop " * 3


@pytest.mark.parametrize(
    "title", ["M", LONG, "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3, "Зеркало", "羅生門", ""]
)
def test_any_title_gives_a_card_of_1200_by_630(title):
    with Image.open(
        io.BytesIO(draw_jpeg(ShareCard("reviews", "x", "Review", title, 7, "Ana Ćosić")))
    ) as card:
        card.load()
        assert (card.size, card.format) == ((1200, 630), "JPEG")


def test_type_gets_smaller_before_words_are_cut():
    assert fitted_lines("M", MARQUEE_FONT, MAX_TITLE_WIDTH) == (92, ["M"])
    size, lines = fitted_lines(
        "A rather longer title about a rather longer film", MARQUEE_FONT, MAX_TITLE_WIDTH
    )
    assert 44 <= size < 92 and " ".join(lines) == "A rather longer title about a rather longer film"
    size, lines = fitted_lines(LONG, MARQUEE_FONT, MAX_TITLE_WIDTH)
    assert size == 44 and len(lines) == 4 and lines[-1].endswith("…")


def test_characters_that_a_font_lacks_are_left_out():
    assert drawable("Rashōmon (羅生門)", READING_FONT) == "Rashōmon ()"
    assert drawable("Зеркало", MARQUEE_FONT) == "" and drawable("Зеркало", READING_FONT) == "Зеркало"
    assert drawable("a\u0000b\nc\x85d", READING_FONT) == "abcd"


@given(st.text(max_size=80))
def test_any_title_fits_in_four_lines(title):
    for path in (MARQUEE_FONT, READING_FONT):
        lines = fitted_lines(drawable(title, path), path, MAX_TITLE_WIDTH)[1]
        assert len(lines) <= 4


def test_stars_and_photo_change_the_card(db):
    plain = ShareCard("reviews", "x", "Review", "M")
    photo = make_photo(colour="#ff0000")
    cards_drawn = {
        draw_jpeg(each) for each in (plain, plain._replace(half_stars=7), plain._replace(usable_photo=photo))
    }

    assert len(cards_drawn) == 3


def test_a_card_is_drawn_once_and_again_only_when_it_changes(db, monkeypatch):
    photo = make_photo()
    review = make_review(title="M", lead_photo=photo)
    first = share_card_for(review).jpeg_path()
    drawn = first.read_bytes()
    monkeypatch.setattr(share_cards, "draw_jpeg", lambda card: 1 / 0)
    assert share_card_for(review).jpeg_path().read_bytes() == drawn
    monkeypatch.undo()

    review.title = "M, again"
    assert share_card_for(review).jpeg_path() != first
    photo.focal_x = 20
    assert share_card_for(review).digest != share_card_for(make_review(title="M", slug="other")).digest


def test_the_url_of_an_old_card_redirects_to_the_new_one(client, db):
    review = make_review(title="M", slug="m")
    old = share_card_for(review).url
    review.title = "M, again"
    review.save()

    assert client.get(old).url == share_card_for(review).url
    assert client.get("/cards/reviews/none/0000.jpg").status_code == 404


def test_films_people_and_contributors_have_cards(client, db):
    for subject, kind in (
        (make_film(slug="m"), "films"),
        (make_person(slug="p"), "people"),
        (make_contributor(slug="c"), "contributors"),
    ):
        assert find_subject(kind, subject.slug) == subject
        response = client.get(share_card_for(subject).url)
        assert response.getvalue().startswith(b"\xff\xd8")
        assert (
            f'content="http://127.0.0.1:8000{share_card_for(subject).url}"'
            in client.get(subject.get_absolute_url()).content.decode()
        )


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "Movie reviews"),
        ("/reviews/", "Reviews"),
        ("/blog/2001/", ""),
        ("/tags/", "Movie reviews"),
        ("/about/", "About"),
    ],
)
def test_every_other_page_has_the_card_of_its_section(client, db, path, says):
    make_review()
    page = client.get(path).content.decode()
    address = re.search(r'property="og:image" content="http://127.0.0.1:8000([^"]+)"', page)
    if not says:
        assert address is None  # a page that does not exist has no share card
        return
    assert f'property="og:image:alt" content="cinemaCLIPS: {says}' in page
    assert client.get(address[1]).getvalue().startswith(b"\xff\xd8")


def test_the_canonical_url_of_a_filtered_list_has_no_filter(client, db):
    make_review(half_stars=9)
    page = client.get("/reviews/?rating=9").content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/reviews/">' in page


def test_the_alt_text_of_a_card():
    assert ShareCard("reviews", "x", "Review", "M", 7).alt == "Review: M, 3.5 of 5 stars"
    assert ShareCard("films", "x", "Film", "M").alt == "Film: M"


@pytest.mark.parametrize(
    "make_subject",
    [
        lambda photo: make_review(lead_photo=photo),
        lambda photo: make_review(film=make_film(poster=photo)),
        lambda photo: make_film(poster=photo),
        lambda photo: make_person(portrait=photo),
        lambda photo: make_contributor(portrait=photo),
    ],
    ids=["lead photo", "poster of its film", "film", "person", "contributor"],
)
def test_a_photo_out_of_its_rights_is_on_no_card(db, make_subject):
    photo = make_photo(usable_until=tomorrow())
    subject = make_subject(photo)
    with_photo = share_card_for(subject)
    photo.usable_until = yesterday()
    without = share_card_for(subject)

    assert (with_photo.usable_photo, without.usable_photo) == (photo, None)
    assert with_photo.url != without.url
