import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from films.models import Credit
from reviews.models import ContentNote, Review, validate_content_notes
from tests.factories import make_credit, make_film, make_review


def test_disclosure_is_a_sentence():
    assert Review(how_seen="press").disclosure == "Seen at a press screening."
    noted = Review(how_seen="free_disc", how_seen_note="The distributor also advertises here.")
    assert noted.disclosure == "Seen on a disc the distributor sent. The distributor also advertises here."
    assert Review().disclosure == ""


def test_content_notes_have_a_topic_and_hidden_details():
    review = Review(content_notes="Animal harm, brief: a horse in reel two\n\nPeril, Strong\n")

    assert review.content_note_list == [
        ContentNote("Animal harm", "brief", "a horse in reel two"),
        ContentNote("Peril", "strong", ""),
    ]
    assert review.has_content_note_details
    assert not Review(content_notes="Peril, some").has_content_note_details


def test_an_invalid_content_note_is_explained():
    validate_content_notes("Peril, some: reel two\n")
    with pytest.raises(ValidationError, match="“Peril” is not understood"):
        validate_content_notes("Peril")


def test_content_notes_need_the_checked_box(db):
    with pytest.raises(IntegrityError):
        make_review(content_notes="Peril, some", content_checked=False)


def test_for_and_against_are_lines():
    review = Review(pros="Light\n\n Shade ", cons="")

    assert (review.pro_list, review.con_list) == (["Light", "Shade"], [])


def test_a_review_s_credits_are_its_film_s(db, django_assert_num_queries):
    film = make_film()
    make_credit(film=film, role=Credit.Role.CAST)
    review = make_review(film=film)
    with django_assert_num_queries(1):
        assert [credit.person.name for credit in review.film_credits]
