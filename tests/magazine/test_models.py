from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from magazine.models import Article, Byline, Correction, Pin
from magazine.ratings import spoken_stars
from reviews.models import Review
from tests.factories import (
    make_contributor,
    make_film,
    make_interview,
    make_review,
    make_staff,
    tomorrow,
    yesterday,
)


def test_published_excludes_drafts_and_scheduled_pieces(db):
    live = make_review()
    make_review(published_at=None)
    make_review(published_at=tomorrow())

    assert list(Review.objects.published()) == [live]


@pytest.mark.parametrize("moment", [None, yesterday(), tomorrow()])
def test_is_published_agrees_with_reachable(db, moment):
    review = make_review(published_at=moment)

    assert review.is_published == Review.objects.published().exists()
    assert review.is_scheduled == (moment is not None and not review.is_published)


def test_staff_see_drafts_and_readers_do_not(db):
    make_review(published_at=None)

    assert Review.objects.visible_to(make_staff()).count() == 1
    assert Review.objects.visible_to(AnonymousUser()).count() == 0


def test_a_new_piece_gets_its_section(db):
    assert make_review().section == "reviews"
    assert Article.objects.get().get_absolute_url().startswith("/reviews/")


def test_saving_the_shared_record_keeps_derived_columns(db):
    interview = make_interview(answers=["A word about xylophones."])
    shared = Article.objects.get(pk=interview.pk)
    shared.title = "Renamed"
    shared.save()

    shared.refresh_from_db()
    assert (shared.section, "xylophones" in shared.search_text) == ("interviews", True)


def test_a_slug_is_unique_within_its_section_only(db):
    make_review(slug="same")
    make_interview(slug="same")
    with pytest.raises(IntegrityError):
        make_review(slug="same")


def test_a_form_reports_a_slug_that_is_taken(db):
    make_review(slug="same")
    with pytest.raises(ValidationError, match="has this address"):
        Review(title="x", slug="same", verdict="x").full_clean()


def test_the_database_refuses_publication_before_the_embargo_ends(db):
    with pytest.raises(IntegrityError):
        make_review(published_at=yesterday(), embargo_until=tomorrow())


def test_a_form_reports_publication_before_the_embargo_ends(db):
    review = make_review()
    review.embargo_until = tomorrow()
    with pytest.raises(ValidationError, match="before its embargo ends"):
        review.full_clean()


@pytest.mark.parametrize("rating", [0, 11])
def test_ratings_lie_between_half_a_star_and_five(db, rating):
    with pytest.raises(IntegrityError):
        make_review(half_stars=rating)


@pytest.mark.parametrize(
    ("halves", "spoken"),
    [
        (1, "a half star out of 5"),
        (2, "1 star out of 5"),
        (7, "3 and a half stars out of 5"),
        (10, "5 stars out of 5"),
    ],
)
def test_a_rating_in_words(halves, spoken):
    assert spoken_stars(halves) == spoken


def test_a_piece_without_rating_has_no_rating_in_words(db):
    assert make_review(half_stars=None).spoken_rating == ""
    assert make_review(half_stars=8).spoken_rating == "4 stars out of 5"


def test_the_shared_record_leads_to_the_section_s_object(db, django_assert_num_queries):
    review = make_review()
    with django_assert_num_queries(1):
        assert Article.objects.with_pieces().get().piece == review
    assert review.piece is review
    assert review.kicker == "Review"
    assert review.edit_url == f"/desk/reviews/review/{review.pk}/change/"


def test_reading_time_counts_every_word(db):
    assert make_review(body=f"<p>{'word ' * 460}</p>").minutes == 2
    assert make_interview(answers=["word " * 700]).minutes == 4


def test_a_description_has_at_most_200_characters(db):
    assert len(make_review(verdict="x" * 250).description) == 200


def test_corrections_are_printed_newest_first(db):
    review = make_review()
    Correction.objects.create(article=review, before="1926", after="1927", corrected_at="2026-01-01")
    Correction.objects.create(article=review, note="A name.", kind="clarification", corrected_at="2026-02-01")

    printed = Review.objects.for_page().get().printed_corrections
    assert [each.kind for each in printed] == ["Clarification", "Correction"]
    assert printed[1].corrected_at.isoformat() == "2026-01-01"


def test_an_empty_correction_is_refused(db):
    with pytest.raises(IntegrityError):
        Correction.objects.create(article=make_review())


def test_publish_blockers_of_an_empty_review(db):
    draft = Review.objects.create(title="x", slug="x")

    assert [each.field for each in draft.publish_blockers()] == [
        "film",
        "verdict",
        "how_seen",
        "body",
        "bylines",
    ]
    assert make_review().publish_blockers() == []
    assert [each.field for each in Article(title="x").missing_fields()] == ["dek"]


def test_an_interview_without_turns_has_a_publish_blocker(db):
    interview = make_interview()
    interview.turns.all().delete()

    assert [each.field for each in interview.publish_blockers()] == ["turns"]


def test_publishing_is_refused_while_a_field_is_empty(db):
    review = make_review()
    review.verdict = ""
    with pytest.raises(ValidationError, match="Write the verdict"):
        review.full_clean()
    review.published_at = None
    review.full_clean()


def test_the_shared_record_alone_can_be_validated(db):
    make_review()
    Article.objects.get().full_clean()


def test_a_contributor_with_bylines_cannot_be_deleted(db):
    from django.db.models import ProtectedError

    critic = make_contributor()
    make_review(critic)
    with pytest.raises(ProtectedError):
        critic.delete()


def test_pins_end_at_their_time(db):
    review = make_review()
    Pin.objects.create(slot="lead", article=review, until=tomorrow())
    now = timezone.now()

    assert Pin.objects.slots_by_article(now) == {review.pk: "lead"}
    assert Pin.objects.slots_by_article(now + timedelta(days=2)) == {}


def test_every_model_has_a_readable_name(db):
    critic = make_contributor(name="Nora")
    review = make_review(critic, title="M")
    assert str(review) == "M"
    assert str(review.bylines.get()) == "Words by Nora"
    assert str(Correction(kind="update", corrected_at="2026-01-01")) == "Update, 2026-01-01"
    assert str(Pin(slot="lead", article=review)) == "Lead story: M"
    assert Byline.Role.PHOTOS.label == "Photos by"


def test_shares_section_and_film_needs_both(db):
    film = make_film()
    one, other, talk = make_review(film=film), make_review(film=film), make_interview(film=film)

    assert one.shares_section_and_film(other)
    assert not one.shares_section_and_film(talk)
    assert not make_interview().shares_section_and_film(make_interview())
