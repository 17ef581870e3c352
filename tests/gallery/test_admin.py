import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gallery.models import Album
from photos.models import Photo
from tests.factories import make_album, make_photo, make_staff, picture_file


@pytest.fixture
def editor(client, db):
    client.force_login(make_staff("editor"))
    return client


def upload(name, **save):
    return SimpleUploadedFile(name, picture_file(**save), "image/jpeg")


def test_many_pictures_are_uploaded_with_one_credit(editor):
    album = make_album(photos=[])
    data = {
        "uploads": [
            upload("a.jpg"),
            upload("b.jpg"),
            SimpleUploadedFile("c.jpg", b"no picture", "image/jpeg"),
        ],
        "credit": "Amber Kelley",
        "caption": "On the set",
        "press_use": "on",
    }
    response = editor.post(f"/desk/gallery/album/{album.pk}/upload/", data, follow=True)

    assert response.redirect_chain[0][0].endswith(f"/{album.pk}/captions/")
    assert album.pictures.count() == 2
    photo = Photo.objects.first()
    assert (photo.credit, photo.caption, photo.alt, photo.press_use) == (
        "Amber Kelley",
        "On the set",
        "On the set",
        True,
    )
    messages = [str(message) for message in response.context["messages"]]
    assert any(each.startswith("c.jpg: ") for each in messages) and any(
        "2 pictures" in each for each in messages
    )
    album.refresh_from_db()
    assert album.lead_photo is not None


def test_a_picture_without_any_credit_is_refused_with_the_reason(editor):
    album = make_album(photos=[])
    response = editor.post(f"/desk/gallery/album/{album.pk}/upload/", {"uploads": [upload("a.jpg")]})

    assert "A.jpg: the file names no photographer" in response.content.decode()  # after Django's escaping
    assert album.pictures.count() == 0


def test_captions_and_order_are_edited_on_one_screen(editor):
    album = make_album(photos=[make_photo(), make_photo()])
    first, second = album.pictures.usable()
    url = f"/desk/gallery/album/{album.pk}/captions/"
    assert editor.get(url).status_code == 200
    data = {}
    for order, picture in ((5, first), (1, second)):
        line = {"alt": "Alt", "caption": f"Caption {order}", "credit": "Bob", "order": order}
        data |= {f"picture-{picture.pk}-{name}": value for name, value in line.items()}
    editor.post(url, data)

    assert [each.photo.caption for each in album.pictures.usable()] == ["Caption 1", "Caption 5"]
    assert "caption 1" in Album.objects.get().search_text


def test_one_invalid_row_saves_nothing_and_shows_the_error(editor):
    album = make_album(photos=[make_photo(caption="Before")])
    picture = album.pictures.get()
    data = {
        f"picture-{picture.pk}-{name}": value
        for name, value in {"alt": "", "credit": "x", "order": "1"}.items()
    }
    response = editor.post(f"/desk/gallery/album/{album.pk}/captions/", data)

    assert "This field is required." in response.content.decode()
    assert Photo.objects.get().caption == "Before"


def test_the_screens_need_the_permission_to_change_the_album(client, db):
    client.force_login(make_staff("contributor"))
    live = make_album()

    assert client.get(f"/desk/gallery/album/{live.pk}/upload/").status_code == 403
    assert client.get("/desk/gallery/album/9999/upload/").status_code == 404


def test_saving_an_album_adds_films_and_people_of_its_pictures(editor):
    album = make_album(published_at=None)
    picture = album.pictures.get()
    page = editor.get(f"/desk/gallery/album/{album.pk}/change/")
    assert "Upload pictures" in page.content.decode()
    data = {
        "title": "Renamed", "slug": album.slug, "dek": "x",
        "pictures-TOTAL_FORMS": "1", "pictures-INITIAL_FORMS": "1", "pictures-0-id": picture.pk,
        "pictures-0-album": album.pk, "pictures-0-photo": picture.photo.pk, "pictures-0-order": "1",
        "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0",
        "corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert editor.post(f"/desk/gallery/album/{album.pk}/change/", data).status_code == 302
    assert "renamed" in Album.objects.get().search_text
