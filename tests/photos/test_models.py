from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from PIL import Image

from photos.models import Photo
from tests.factories import make_photo


@pytest.fixture
def photo(db):
    return make_photo(focal_x=10, focal_y=90)


def test_every_crop_follows_the_focal_point(photo, settings):
    before = photo.url("square", 320, "webp")
    photo.focal_x = 90

    assert photo.url("square", 320, "webp") != before


def test_a_crop_shows_the_focal_point(db):
    photo = make_photo(size=(1600, 400), focal_x=95)
    with Image.open(photo.master.path) as image:
        marked = image.copy()
    marked.paste("red", (1500, 0, 1600, 400))
    marked.save(photo.master.path, "JPEG", quality=95)

    with Image.open(photo.ensure_rendition("square", photo.sizes("square")[0], "webp")) as square:
        red, green, _ = square.convert("RGB").getpixel((square.width - 10, 100))
    assert red > 180 and green < 90


def test_renditions_are_made_once(photo, monkeypatch):
    size = photo.sizes("wide")[0]
    first = photo.ensure_rendition("wide", size, "avif").stat().st_mtime_ns

    assert photo.ensure_rendition("wide", size, "avif").stat().st_mtime_ns == first
    assert not list(photo.rendition_path("wide", size, "avif").parent.glob("*.avif.*"))


def test_the_worker_makes_missing_renditions(photo):
    made = 0
    while done := photo.make_missing_renditions(at_most=5):
        made += done

    assert made == sum(len(photo.sizes(crop)) * 2 for crop in ("whole", "wide", "square", "tall")) + len(
        photo.sizes("share")
    )


def test_deleting_a_photo_deletes_its_files(photo):
    path = photo.ensure_rendition("wide", photo.sizes("wide")[0], "webp")
    master = photo.master.path
    photo.file_deleter()()

    assert not path.exists()
    assert not Path(master).exists()


@pytest.mark.parametrize("wrong", [{"focal_x": 101}, {"alt": ""}, {"credit": ""}])
def test_the_database_refuses_invalid_photos(photo, wrong):
    with pytest.raises(IntegrityError):
        Photo.objects.filter(pk=photo.pk).update(**wrong)


def test_constraints_have_an_error_message_for_the_editor(photo):
    photo.focal_y = 300
    with pytest.raises(ValidationError, match="between 0 and 100"):
        photo.full_clean()


def test_str_of_a_photo_is_its_alt_text(photo):
    assert str(photo) == "A door"
    assert list(Photo.objects.newest_first()) == [photo]
    assert photo.share_url().endswith("share-640.jpeg")
