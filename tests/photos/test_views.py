from tests.factories import make_photo


def test_an_old_url_redirects_to_the_new_one(client, db):
    photo = make_photo()
    old = photo.url("wide", 320, "webp")
    photo.caption = "Later"
    photo.save()

    response = client.get(old)

    assert response.status_code == 302
    assert response.url == photo.url("wide", 320, "webp")


def test_other_sizes_are_a_404(client, db):
    photo = make_photo()
    for crop, width, kind in (("wide", 333, "webp"), ("odd", 320, "webp"), ("wide", 320, "gif")):
        assert client.get(f"/photos/{photo.pk}/{photo.version}/{crop}-{width}.{kind}").status_code == 404


def test_a_rendition_may_be_cached_for_ever_and_embedded(client, db):
    response = client.get(make_photo().url("square", 320, "avif"))

    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Content-Type"] == "image/avif"
    response.getvalue()  # the test client closes its file then, and leaves the database open
