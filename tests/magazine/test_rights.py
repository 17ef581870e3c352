"""Who may not publish changes only drafts with his own byline, and nothing that readers see."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gallery.models import Picture
from interviews.models import Interview
from magazine.models import Byline, Contributor
from magazine.rights import may_change_piece
from photos.models import Photo
from photos.photo_uses import is_shown_to_readers
from picks.models import Ballot
from reviews.models import Review
from tests.factories import (
    make_album,
    make_contributor,
    make_film,
    make_photo,
    make_pick_list,
    make_review,
    make_staff,
    make_writer,
    picture_file,
    tomorrow,
)
from tests.interviews.test_importer import TEXT

PASTE = "/desk/interviews/interview/paste/"
CHECKED = {"title": "Talk", "text": TEXT} | {
    f"speaker:{name}": name for name in ("cinemaCLIPS", "Marsh", "Okafor")
}


@pytest.fixture
def writer(client, db):
    """The contributor who is logged in at `client`."""
    user, contributor = make_writer()
    client.force_login(user)
    return contributor


def change_url(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize(
    ("is_own", "published_at", "status"), [(True, None, 200), (False, None, 403), (True, "future", 403)]
)
def test_a_contributor_changes_only_drafts_that_bear_his_name(client, writer, is_own, published_at, status):
    review = make_review(published_at=published_at and tomorrow())
    review.bylines.all().delete()
    Byline.objects.create(article=review, contributor=writer if is_own else make_contributor())
    assert client.post(change_url(review), {"title": "Mine"}).status_code == status
    assert client.get(change_url(review)).status_code == 200  # to read
    assert may_change_piece(make_staff("editor"), review)


def test_a_new_piece_of_a_contributor_bears_his_name(client, writer):
    data = {"title": "M", "slug": "m", "film": make_film().pk, "half_stars": "9", "how_seen": "ticket"}
    data |= {
        f"{name}-{count}": 0
        for name in ("bylines", "corrections")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    assert client.post("/desk/reviews/review/add/", data).status_code == 302
    assert [byline.contributor for byline in Review.objects.get().bylines.all()] == [writer]


def test_who_is_no_contributor_writes_nothing_and_is_told_why(client, db):
    client.force_login(make_staff("contributor"))
    assert client.get("/desk/reviews/review/add/").status_code == 403
    assert "no contributor has your log-in" in client.get("/desk/reviews/review/").content.decode()
    client.force_login(make_staff("editor"))
    assert "no contributor has" not in client.get("/desk/reviews/review/").content.decode()


def test_a_pasted_transcript_makes_no_contributor_for_a_contributor(client, writer):
    before = Contributor.objects.count()
    page = client.post(PASTE, CHECKED, follow=True)

    interview = Interview.objects.get()
    assert Contributor.objects.count() == before
    assert [byline.contributor for byline in interview.bylines.all()] == [writer]
    assert "No contributor is called" in page.content.decode()


def test_a_pasted_transcript_makes_contributors_for_an_editor(client, db):
    client.force_login(make_staff("editor"))
    page = client.post(PASTE, CHECKED, follow=True)
    assert Interview.objects.get().bylines.exists()
    assert "No contributor is called" not in page.content.decode()


def shown_as_lead(photo):
    make_review(lead_photo=photo)


def shown_in_a_text(photo):
    make_review(body=f'<figure data-photo="{photo.pk}"></figure>')


def shown_as_poster(photo):
    make_film(poster=photo)


def shown_in_an_album(photo):
    make_album(photos=[photo])


def shown_in_an_unlisted_album(photo):
    make_album(photos=[photo], unlisted=True)


def in_a_draft(photo):
    make_review(lead_photo=photo, published_at=None, body=f'<figure data-photo="{photo.pk}1"></figure>')


def in_an_album_to_come(photo):
    make_album(photos=[photo], published_at=tomorrow())


@pytest.mark.parametrize(
    "use", [shown_as_lead, shown_in_a_text, shown_as_poster, shown_in_an_album, shown_in_an_unlisted_album]
)
def test_a_contributor_does_not_replace_a_picture_that_readers_see(client, writer, use):
    photo = make_photo()
    use(photo)
    upload = SimpleUploadedFile("new.png", picture_file(), "image/png")
    data = {"upload": upload, "alt": "x", "credit": "x", "focal_x": "50", "focal_y": "50"}
    assert client.post(change_url(photo), data).status_code == 403
    assert Photo.objects.get(pk=photo.pk).checksum == photo.checksum


@pytest.mark.parametrize("use", [in_a_draft, in_an_album_to_come, lambda photo: None])
def test_a_contributor_changes_pictures_that_nobody_sees(client, writer, use):
    photo = make_photo()
    use(photo)
    data = {"alt": "Better", "credit": "x", "focal_x": "50", "focal_y": "50"}
    assert client.post(change_url(photo), data).status_code == 302
    assert Photo.objects.get(pk=photo.pk).alt == "Better"


def test_captions_of_a_picture_that_readers_see_elsewhere_stay(client, writer):
    photo = make_photo(alt="Before")
    make_film(poster=photo)
    album = make_album(photos=[photo], published_at=None)
    Byline.objects.create(article=album, contributor=writer)
    picture = Picture.objects.get()
    data = {f"picture-{picture.pk}-{name}": "x" for name in ("alt", "credit")} | {
        f"picture-{picture.pk}-order": "7"
    }

    assert client.post(f"/desk/gallery/album/{album.pk}/captions/", data).status_code == 302
    assert Photo.objects.get().alt == "Before" and Picture.objects.get().order == 7
    assert is_shown_to_readers(photo)


@pytest.mark.parametrize(
    ("is_own", "is_live", "status"), [(True, False, 302), (False, False, 403), (True, True, 403)]
)
def test_a_contributor_deletes_only_his_own_ballot_on_a_draft(client, writer, is_own, is_live, status):
    chosen = make_pick_list(make_contributor(), [make_film()], list_kind="ballots")
    if not is_live:
        type(chosen).objects.update(published_at=None)
    ballot = Ballot.objects.create(list=chosen, contributor=writer if is_own else make_contributor())
    url = reverse("admin:picks_ballot_delete", args=[ballot.pk])
    assert client.post(url, {"post": "yes"}).status_code == status
    assert Ballot.objects.exists() == (status == 403)
    if status == 403:
        assert client.post(change_url(ballot), {}).status_code == 403
        in_bulk = {"action": "delete_selected", "_selected_action": [ballot.pk], "post": "yes"}
        client.post("/desk/picks/ballot/", in_bulk)
        assert Ballot.objects.exists()


@pytest.mark.parametrize(("is_own", "is_live"), [(True, False), (False, False), (True, True)])
def test_a_contributor_casts_his_own_ballot_on_a_draft(client, writer, is_own, is_live):
    chosen = make_pick_list(make_contributor(), [make_film()], list_kind="ballots")
    if not is_live:
        type(chosen).objects.update(published_at=None)
    data = {"list": chosen.pk, "contributor": (writer if is_own else make_contributor()).pk}
    data |= {"choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0}
    client.post("/desk/picks/ballot/add/", data)
    assert Ballot.objects.exists() == (is_own and not is_live)
