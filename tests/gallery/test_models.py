import pytest
from django.db import IntegrityError, transaction

from gallery.models import AlbumPosition, Picture
from tests.factories import make_album, make_film, make_person, make_photo, yesterday


def test_the_first_picture_is_the_cover_until_another_is_chosen(db):
    first, second = make_photo(alt="First"), make_photo(alt="Second")
    album = make_album(photos=[first, second])
    assert album.lead_photo == first

    album.lead_photo = second
    album.save()
    album.choose_cover()
    assert album.lead_photo == second


def test_an_album_needs_a_picture(db):
    assert [each.field for each in make_album(photos=[]).publish_blockers()] == ["pictures"]


def test_a_picture_is_once_in_an_album(db):
    photo = make_photo()
    album = make_album(photos=[photo])
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.create(album=album, photo=photo)


def test_usable_pictures_are_in_order_without_expired_rights(db):
    late, gone, early = make_photo(), make_photo(usable_until=yesterday()), make_photo()
    album = make_album(photos=[late, gone, early])
    album.pictures.filter(photo=late).update(order=9)

    assert [picture.photo for picture in album.pictures.usable()] == [early, late]


def test_films_and_people_of_the_pictures_are_added_to_the_album(db):
    film, person = make_film(), make_person()
    album = make_album()
    picture = album.pictures.get()
    picture.film = film
    picture.save()
    picture.people.add(person)
    album.add_films_and_people()

    assert (list(album.films.all()), list(album.people.all())) == ([film], [person])


def test_search_finds_captions_with_special_characters(db):
    album = make_album(photos=[make_photo(caption="Fritz <b>& Thea</b>", alt="Two people")])

    assert "fritz b and thea b two people" in album.search_text


def test_an_album_position_knows_its_neighbours(db):
    album = make_album(photos=[make_photo() for _ in range(3)])
    pictures = list(album.pictures.usable())
    first, middle, last = (AlbumPosition.find(pictures, each.pk) for each in pictures)

    assert (first.previous, first.next) == (None, pictures[1])
    assert (middle.previous, middle.next, middle.number, middle.total) == (pictures[0], pictures[2], 2, 3)
    assert (last.previous, last.next) == (pictures[1], None)
    assert AlbumPosition.find(pictures, 0) is None


def test_str_of_every_model(db):
    picture = make_album(title="Doors").pictures.get()
    assert str(picture) == "Doors: A door"
