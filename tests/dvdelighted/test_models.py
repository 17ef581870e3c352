import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from dvdelighted.editions import comparison_rows
from dvdelighted.models import DiscReview
from films.models import Release
from tests.factories import make_disc_review, make_film, make_release


def test_the_overall_rating_is_given_and_never_averaged(db):
    disc = make_disc_review(half_stars=None, film_half_stars=10, picture_half_stars=2)

    assert disc.half_stars is None
    assert disc.scores == [("The film", 10), ("Picture", 2)]
    assert disc.structured_data().get("reviewRating") is None


@pytest.mark.parametrize("part", ["film", "picture", "sound", "extras"])
def test_the_database_refuses_a_rating_off_the_scale(db, part):
    with pytest.raises(IntegrityError):
        make_disc_review(**{f"{part}_half_stars": 11})


def test_a_rating_off_the_scale_is_explained_to_the_editor(db):
    disc = make_disc_review()
    disc.sound_half_stars = 0
    with pytest.raises(ValidationError, match="half a star and five|greater than or equal to 1"):
        disc.full_clean()


def test_the_film_of_a_disc_review_is_that_of_its_edition(db):
    disc, other = make_disc_review(), make_release()
    disc.release = other
    disc.clean()

    assert disc.film == other.film


def test_a_draft_says_what_is_missing(db):
    missing = DiscReview(title="x").missing_fields()

    assert [each.field for each in missing] == ["release", "verdict", "how_seen", "transfer"]


def test_search_finds_words_of_the_transfer(db):
    disc = make_disc_review(transfer="<p>Grainy.</p>", supplements="<p>Stills.</p>")

    assert "grainy" in disc.search_text and "stills" in disc.search_text


def test_a_slug_that_is_a_page_of_the_section_is_refused(db):
    disc = make_disc_review()
    disc.slug = "calendar"
    with pytest.raises(ValidationError, match="has this address"):
        disc.clean()


def test_the_comparison_leaves_out_facts_that_no_edition_states(db):
    film = make_film()
    plain = make_release(film=film, discs=1)
    full = make_release(
        film=film, discs=2, region="A", list_price="9.95", runtime=90, extras="A talk\n\nStills"
    )
    review = make_disc_review(release=full, film=film, picture_half_stars=7)
    rows = dict(comparison_rows([plain, full], {full.pk: review}))

    assert rows["Discs"] == ["1", "2"]
    assert rows["Region"] == ["", "A"]
    assert rows["Extras on it"] == ["", "A talk; Stills"]
    assert rows["Picture"] == ["", "3.5 of 5"]
    assert "Subtitles" not in rows and "Sound" not in rows


def test_the_newest_published_review_of_an_edition_is_found(db):
    release = make_release()
    make_disc_review(release=release, film=release.film, title="First")
    make_disc_review(release=release, film=release.film, title="Draft", published_at=None)
    newest = make_disc_review(release=release, film=release.film, title="Second")

    assert DiscReview.objects.newest_by_release([release]) == {release.pk: newest}


def test_the_product_of_a_review_is_the_edition_and_the_subject_is_the_film(db):
    """A Product of schema.org has no property that takes a Movie: `isRelatedTo` takes products and services."""
    release = make_release()
    data = make_disc_review(release=release, film=release.film).structured_data()

    assert data["about"]["@type"] == "Movie" and data["about"]["name"] == release.film.title
    assert data["itemReviewed"]["@type"] == "Product" and "isRelatedTo" not in data["itemReviewed"]


def test_the_gtin_property_follows_the_length_of_the_barcode(db):
    release = make_release(barcode="036000291452")
    data = make_disc_review(release=release, film=release.film).structured_data()

    assert data["itemReviewed"]["gtin12"] == "036000291452"
    assert data["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 4.0,
        "bestRating": 5,
        "worstRating": 0.5,
    }


def test_editions_are_ordered_by_street_date(db):
    film = make_film()
    undated, late, early = (
        make_release(film=film, street_date=day) for day in (None, "2012-01-01", "2001-01-01")
    )

    assert list(Release.objects.oldest_first()) == [early, late, undated]
