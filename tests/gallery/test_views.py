from tests.factories import make_album, make_photo, yesterday


def test_every_picture_shows_its_credit(client, db):
    album = make_album(photos=[make_photo(credit="Ann"), make_photo(credit="Bob")])
    sheet = client.get(album.get_absolute_url()).content.decode()

    assert "Photo: Ann" in sheet and "Photo: Bob" in sheet
    for picture in album.pictures.all():
        assert f"Photo: {picture.photo.credit}" in client.get(picture.get_absolute_url()).content.decode()


def test_a_picture_links_to_its_neighbours(client, db):
    album = make_album(photos=[make_photo(), make_photo()])
    first, second = (picture.get_absolute_url() for picture in album.pictures.usable())

    assert f'rel="next" href="{second}"' in client.get(first).content.decode()
    assert f'rel="prev" href="{first}"' in client.get(second).content.decode()


def test_a_picture_of_another_album_is_a_404(client, db):
    here, there = make_album(), make_album()
    pk = there.pictures.get().pk

    assert client.get(f"/gallery/{here.slug}/{pk}/").status_code == 404


def test_the_page_of_a_picture_whose_rights_ended_is_gone(client, db):
    album = make_album(photos=[make_photo(), make_photo(usable_until=yesterday())])
    shown, gone = album.pictures.order_by("order")

    assert client.get(shown.get_absolute_url()).status_code == 200
    assert client.get(gone.get_absolute_url()).status_code == 404


def test_press_sizes_are_offered_only_with_permission(client, db):
    album = make_album(photos=[make_photo(press_use=True, size=(1800, 1200)), make_photo()])
    allowed, not_allowed = (
        client.get(each.get_absolute_url()).content.decode() for each in album.pictures.usable()
    )

    assert "1280 × 853" in allowed and "1800 × 1200" in allowed and "The terms" in allowed
    assert "not cleared" in not_allowed and "/press/web.jpg" not in not_allowed
