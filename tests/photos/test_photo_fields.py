"""The two sides of a photo field: `poster`, for what keeps it, and `usable_poster`, for what shows it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from photos.fields import PhotoField, UsablePhoto
from photos.models import Photo
from reviews.models import Review
from tests.factories import make_photo, make_review, tomorrow, yesterday

FIELDS = [
    field
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, PhotoField)
]


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_every_photo_field_has_its_usable_side(field):
    usable = getattr(field.model, f"usable_{field.name}")

    assert isinstance(usable, UsablePhoto) and usable.field == field.name


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_a_photo_is_copied_whatever_its_rights(field):
    photo = Photo(pk=7, usable_until=yesterday())
    record, copy = field.model(**{field.name: photo}), field.model()
    setattr(copy, field.name, getattr(record, field.name))

    assert getattr(copy, field.name) == photo
    assert getattr(copy, field.attname) == photo.pk
    assert getattr(copy, f"usable_{field.name}") is None


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_a_photo_is_usable_while_its_rights_run(field, monkeypatch):
    photo = Photo(pk=7, usable_from=yesterday(), usable_until=tomorrow())
    record = field.model(**{field.name: photo})

    def usable_at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return getattr(record, f"usable_{field.name}")

    begins, ends = photo.usable_from, photo.usable_until
    assert usable_at(begins) == photo
    assert usable_at(begins - timedelta(seconds=1)) is None
    assert usable_at(ends) is None
    assert getattr(field.model(), f"usable_{field.name}") is None


def test_the_usable_side_is_read_only():
    with pytest.raises(AttributeError, match="Set 'lead_photo'"):
        Review().usable_lead_photo = Photo()


def test_a_section_s_own_piece_has_it_at_the_cost_of_the_plain_side(db, django_assert_num_queries):
    photo = make_photo()
    make_review(lead_photo=photo)

    with django_assert_num_queries(1):
        assert Review.objects.select_related("lead_photo").get().usable_lead_photo == photo
    with django_assert_num_queries(2):
        assert Review.objects.prefetch_related("lead_photo").get().usable_lead_photo == photo
    with django_assert_num_queries(3):
        assert Review.objects.defer("lead_photo").get().usable_lead_photo == photo


def test_what_was_copied_out_of_its_rights_is_saved(db):
    photo = make_photo(usable_from=tomorrow())
    first, second = make_review(lead_photo=photo), make_review()
    second.lead_photo = Review.objects.get(pk=first.pk).lead_photo
    second.save()

    copied = Review.objects.get(pk=second.pk)
    assert (copied.lead_photo, copied.usable_lead_photo) == (photo, None)
