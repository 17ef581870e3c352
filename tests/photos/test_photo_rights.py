"""A photo is shown only while its rights run: on no page, in no feed, card or download before or after."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from gallery.models import Picture
from magazine.models import Pin
from photos.models import Photo
from press.models import KitPhoto
from reviews.models import Review
from tests.factories import (
    make_album,
    make_contributor,
    make_film,
    make_person,
    make_photo,
    make_review,
    make_staff,
    tomorrow,
    yesterday,
)


def everywhere(photo):
    """Put this photo in every place that can show one. Returns the picture and the URLs of the pages."""
    critic = make_contributor(slug="nora", portrait=photo)
    film = make_film(slug="m", poster=photo)
    person = make_person(slug="lang", portrait=photo)
    body = f'<p>Text.</p><figure data-photo="{photo.pk}"></figure>'
    review = make_review(critic, slug="m", film=film, lead_photo=photo, body=body)
    review.people.add(person)
    Pin.objects.create(slot="lead", article=review)
    album = make_album(critic, [make_photo(alt="Another"), photo], slug="doors")
    Album = type(album)
    Album.objects.update(lead_photo=photo)
    Picture.objects.update(film=film)
    KitPhoto.objects.create(photo=photo)
    picture = album.pictures.get(photo=photo)
    return picture, [
        *("/", "/reviews/", "/reviews/m/", "/films/m/", "/people/lang/", "/contributors/nora/", "/gallery/"),
        *("/gallery/doors/", "/press/", "/about/", "/about/staff/", "/feeds/rss.xml", "/feeds/atom.xml"),
        *("/feeds/feed.json", "/sitemap-reviews.xml", "/sitemap-pictures.xml", "/sitemap-films.xml"),
        *("/sitemap-people.xml", "/sitemap-contributors.xml"),
        *("/search/?q=text", picture.get_absolute_url()),
    ]


def showing(photo, paths):
    mark = f"/photos/{photo.pk}/"
    return {path for path in paths if mark in Client().get(path).getvalue().decode()}


def status(path):
    response = Client().get(path)
    response.getvalue()  # the test client closes its file then, and leaves the database open
    return response.status_code


@pytest.mark.parametrize("when", ["ended", "not begun"])
def test_a_photo_out_of_its_rights_is_on_no_page(db, when):
    photo = make_photo(press_use=True, caption="Late")
    picture, paths = everywhere(photo)
    assert showing(photo, paths) == set(paths) - {"/search/?q=text"}  # the control
    size, download = photo.url("wide", 320, "webp"), f"/photos/{photo.pk}/press/web.jpg"
    assert [status(each) for each in (size, download)] == [200, 200]

    change = {"usable_until": yesterday()} if when == "ended" else {"usable_from": tomorrow()}
    Photo.objects.filter(pk=photo.pk).update(**change)

    assert showing(photo, paths) == set()
    assert [Client().get(each).status_code for each in (size, download, picture.get_absolute_url())] == [
        404
    ] * 3
    assert Review.objects.get(slug="m").usable_lead_photo is None
    assert Review.objects.get(slug="m").lead_photo == photo  # the desk keeps the choice


def test_a_photo_disappears_at_the_end_of_its_rights(db, monkeypatch):
    ends = timezone.now() + timedelta(days=1)
    photo = make_photo(usable_until=ends)
    monkeypatch.setattr(timezone, "now", lambda: ends - timedelta(seconds=1))
    assert photo.is_usable and photo in Photo.objects.usable()

    monkeypatch.setattr(timezone, "now", lambda: ends)
    assert not photo.is_usable and photo not in Photo.objects.usable()


def test_no_cache_keeps_a_rendition_past_its_rights(db):
    photo = make_photo(usable_until=timezone.now() + timedelta(hours=1))
    response = Client().get(photo.url("wide", 320, "webp"))
    response.getvalue()  # the test client closes its file then, and leaves the database open
    kept = response.headers["Cache-Control"]

    assert 3500 < int(kept.split("max-age=")[1].split(",")[0]) <= 3600 and "immutable" not in kept


def test_staff_still_see_the_photo_and_no_cache_stores_it(client, db):
    photo = make_photo(usable_until=yesterday())
    client.force_login(make_staff())
    response = client.get(photo.url("square", 320, "webp"))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    response.getvalue()  # the test client closes its file then, and leaves the database open


def test_rights_cannot_end_before_they_begin(db):
    with pytest.raises(IntegrityError):
        make_photo(usable_from=tomorrow(), usable_until=yesterday())


def test_the_url_of_a_photo_cannot_be_guessed(client, db):
    photo = make_photo()
    guessed = photo.url("wide", 320, "webp").replace(photo.url_key, "0" * len(photo.url_key))
    assert client.get(guessed).status_code == 404

    old = photo.url("wide", 320, "webp")
    Photo.objects.update(focal_x=10)
    assert client.get(old).status_code == 302  # an earlier URL redirects to the present one


def test_downloads_have_names_and_sizes(client, db):
    photo = make_photo(press_use=True, caption="The door, late", size=(1800, 1200))
    response = client.get(f"/photos/{photo.pk}/press/print.jpg")

    assert f'filename="the-door-late-print-{photo.pk}.jpg"' in response.headers["Content-Disposition"]
    assert response.getvalue().startswith(b"\xff\xd8")
    assert client.get(f"/photos/{photo.pk}/press/huge.jpg").status_code == 404
    assert make_photo(alt="???").download_name("web").startswith("picture-web-")
    assert make_photo(size=(200, 100)).press_sizes()["web"].width == 200


def test_only_photos_for_the_press_can_be_downloaded(client, db):
    assert client.get(f"/photos/{make_photo().pk}/press/web.jpg").status_code == 404


def test_the_desk_lists_rights_that_end_or_have_ended(client, db):
    client.force_login(make_staff())
    ended, soon, fine = (make_photo(usable_until=when) for when in (yesterday(), tomorrow(), None))

    def listed(rights):
        return set(client.get("/desk/photos/photo/", {"rights": rights}).context["cl"].queryset)

    assert (listed("ended"), listed("soon"), listed("")) == ({ended}, {soon}, {ended, soon, fine})
