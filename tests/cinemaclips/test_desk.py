"""The desk: every page opens, valid data is saved, and invalid data shows the reason."""

from datetime import timedelta

import pytest
from django.contrib.admin.sites import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from about.models import Letter
from contest.models import Entry
from fans.models import Consent, Mail
from films.models import Film
from interviews.models import Interview
from magazine.models import Contributor
from magazine.publication_state import publication_state
from photos.models import Photo
from reelrequests.models import Guess, ReelRequest
from reviews.models import Review
from tests.factories import (
    make_contributor,
    make_credit,
    make_film,
    make_interview,
    make_person,
    make_photo,
    make_review,
    make_staff,
    make_writer,
    picture_file,
    tomorrow,
    yesterday,
)
from tests.interviews.test_import_interview import GUESSED
from tests.interviews.test_importer import TEXT
from trivia.models import Flag, Player, Puzzle

OURS = [model for model in site._registry if model._meta.app_label not in ("auth", "taggit", "cinemaclips")]


@pytest.fixture
def editor(client, db):
    client.force_login(make_staff("editor"))
    return client


@pytest.fixture
def writer(client, db):
    client.force_login(make_writer()[0])
    return client


def review_form(review=None, **fields):
    """The POST data of the form of a review."""
    data = {
        "title": "M", "slug": "m", "dek": "", "verdict": "Dark.", "half_stars": "9", "how_seen": "ticket",
        "how_seen_note": "", "body": "<p>It is dark.</p>", "pros": "", "cons": "", "content_notes": "", "lead_photo": "",
        "film": "", "published_at_0": "", "published_at_1": "", "embargo_until_0": "", "embargo_until_1": "", "tags": "",
        "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0", "corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0",
    }  # fmt: skip
    return data | fields


def with_byline(critic):
    return {
        "bylines-TOTAL_FORMS": "1",
        "bylines-0-contributor": critic.pk,
        "bylines-0-role": "1",
        "bylines-0-order": "0",
    }


def at(moment):
    local = timezone.localtime(moment)
    return {"published_at_0": f"{local:%Y-%m-%d}", "published_at_1": f"{local:%H:%M:%S}"}


# Models that staff cannot add: letters come from readers, puzzles from the worker.
NEVER_ADDED = {Letter, Puzzle, Player, Flag, Mail, Consent, Entry, ReelRequest, Guess}


@pytest.mark.parametrize("model", OURS)
def test_every_list_and_form_opens(model, editor):
    if model._meta.app_label in ("contest", "fans"):
        editor.force_login(make_staff("contest manager"))
    make_credit(film=make_film(), role=1)
    make_review(lead_photo=make_photo())
    make_interview()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    assert editor.get(reverse(f"{name}_changelist")).status_code == 200
    assert editor.get(reverse(f"{name}_changelist"), {"q": "dark"}).status_code == 200
    if model._meta.model_name != "article":
        assert editor.get(reverse(f"{name}_add")).status_code == (403 if model in NEVER_ADDED else 200)
        for row in model.objects.all()[:1]:
            assert editor.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_the_shared_record_alone_cannot_be_edited(editor):
    article = make_review().article_ptr
    assert editor.get(reverse("admin:magazine_article_add")).status_code == 403
    assert editor.post(reverse("admin:magazine_article_delete", args=[article.pk])).status_code == 403


def test_the_desk_has_its_own_content_security_policy(editor):
    policy = editor.get("/desk/").headers["Content-Security-Policy"]
    assert "nonce-" in policy and "unsafe" not in policy


def test_readers_are_redirected_to_the_login_page(client, db):
    response = client.get("/desk/reviews/review/")
    assert response.status_code == 302 and response.url.startswith("/desk/login/")


def test_an_editor_can_publish(editor):
    film, critic = make_film(), make_contributor()
    response = editor.post(
        "/desk/reviews/review/add/", review_form(film=film.pk, **at(yesterday()), **with_byline(critic))
    )

    assert response.status_code == 302, response.context["errors"]
    assert editor.get("/reviews/m/").status_code == 200


def test_a_scheduled_piece_says_when_it_goes_live(editor):
    film, critic = make_film(), make_contributor()
    data = review_form(film=film.pk, **at(tomorrow()), **with_byline(critic))
    page = editor.post("/desk/reviews/review/add/", data, follow=True).content.decode()

    assert "“M” goes live " in page and " MST." in page


def test_a_draft_needs_only_title_and_slug(editor):
    response = editor.post("/desk/reviews/review/add/", review_form(verdict="", how_seen="", body=""))

    assert response.status_code == 302
    form = editor.get(f"/desk/reviews/review/{Review.objects.get().pk}/change/").content.decode()
    assert "Why this cannot be published yet" in form
    assert '<a href="#id_film">Choose the film.</a>' in form
    assert '<a href="#bylines-group">' in form


def test_a_slug_in_use_shows_an_error_at_the_field(editor):
    make_review(slug="m")
    page = editor.post("/desk/reviews/review/add/", review_form(title="Kept")).content.decode()

    assert "Another piece in this section has this address." in page and 'value="Kept"' in page
    assert Review.objects.count() == 1


def test_publishing_an_incomplete_piece_shows_errors_and_keeps_the_input(editor):
    response = editor.post(
        "/desk/reviews/review/add/", review_form(verdict="", title="Kept", **at(yesterday()))
    )

    page = response.content.decode()
    assert "Write the verdict: one sentence of opinion." in page and 'value="Kept"' in page
    assert not Review.objects.exists()


def test_a_piece_without_a_byline_is_saved_as_a_draft(editor):
    data = review_form(film=make_film().pk, **at(yesterday()))
    page = editor.post("/desk/reviews/review/add/", data, follow=True).content.decode()

    assert "Saved as a draft, it cannot be published yet." in page
    assert Review.objects.get().published_at is None


def without_its_byline(review):
    """The POST data of the form if an editor deletes the byline of `review`."""
    byline = review.bylines.get()
    return review_form(
        film=review.film_id, **at(review.published_at),
        **{"bylines-TOTAL_FORMS": "1", "bylines-INITIAL_FORMS": "1", "bylines-0-id": byline.pk, "bylines-0-article": review.pk,
           "bylines-0-contributor": byline.contributor_id, "bylines-0-role": "1", "bylines-0-order": "0", "bylines-0-DELETE": "on"},
    )  # fmt: skip


def test_a_scheduled_piece_that_loses_its_byline_becomes_a_draft(editor):
    review = make_review(slug="m", published_at=tomorrow())
    page = editor.post(f"/desk/reviews/review/{review.pk}/change/", without_its_byline(review), follow=True)

    assert "Saved as a draft" in page.content.decode()
    assert Review.objects.get().published_at is None


def test_a_published_piece_that_becomes_incomplete_stays_published(editor):
    review = make_review(slug="m")
    data = without_its_byline(review)
    page = editor.post(f"/desk/reviews/review/{review.pk}/change/", data, follow=True).content.decode()

    assert "This piece is out, and lacks something." in page
    assert editor.get("/reviews/m/").status_code == 200


def test_publishing_before_the_embargo_shows_an_error(editor):
    local = timezone.localtime(tomorrow())
    data = review_form(
        film=make_film().pk,
        **at(yesterday()),
        embargo_until_0=f"{local:%Y-%m-%d}",
        embargo_until_1="10:00:00",
    )
    assert "before its embargo ends" in editor.post("/desk/reviews/review/add/", data).content.decode()


def test_a_contributor_can_write_drafts_and_not_publish(writer):
    data = review_form(film=make_film().pk, **at(yesterday()), **with_byline(make_contributor()))
    assert writer.post("/desk/reviews/review/add/", data).status_code == 302
    assert Review.objects.get().published_at is None

    live = make_review()
    assert writer.post(f"/desk/reviews/review/{live.pk}/change/", review_form()).status_code == 403
    assert writer.get(f"/desk/reviews/review/{live.pk}/change/").status_code == 200


@pytest.mark.parametrize(
    ("state", "titles"), [("draft", {"D"}), ("scheduled", {"S"}), ("live", {"L"}), ("", {"D", "S", "L"})]
)
def test_lists_can_be_filtered_by_state(editor, state, titles):
    make_review(title="D", published_at=None)
    make_review(title="S", published_at=tomorrow())
    make_review(title="L", half_stars=None)

    found = editor.get("/desk/reviews/review/", {"state": state}).context
    assert {piece.title for piece in found["cl"].result_list} == titles


def test_states_name_their_time_zone(db):
    now = timezone.now()
    held = make_review(published_at=now + timedelta(days=2), embargo_until=now + timedelta(days=1))

    assert publication_state(make_review(published_at=None)) == "Draft."
    assert publication_state(make_review()).startswith("Live since ") and publication_state(
        make_review()
    ).endswith(" MST.")
    assert publication_state(held).startswith("Goes live ") and "Embargoed until " in publication_state(held)


def photo_form(content, name="door.jpg", **fields):
    upload = SimpleUploadedFile(name, content)
    blank = {"alt": "A door", "caption": "", "credit": "", "copyright": "", "focal_x": "50", "focal_y": "50"}
    return blank | {"upload": upload} | fields


def test_a_picture_is_accepted_with_any_file_name(editor):
    response = editor.post(
        "/desk/photos/photo/add/", photo_form(picture_file(kind="PNG"), "odd.exe", credit="Sam")
    )

    assert response.status_code == 302
    photo = Photo.objects.get()
    assert photo.master.name.endswith(".jpg") and "odd" not in photo.master.name
    assert editor.get(f"/desk/photos/photo/{photo.pk}/change/").status_code == 200


def test_the_credit_is_read_from_the_file(editor):
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = "Amber Kelley"
    editor.post("/desk/photos/photo/add/", photo_form(picture_file(exif=exif)))

    assert Photo.objects.get().credit == "Amber Kelley"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"<script>", "not a JPEG, PNG, WebP or AVIF"), (picture_file(), "The file names no photographer")],
)
def test_a_refused_picture_shows_an_error_and_keeps_the_input(editor, content, reason):
    page = editor.post(
        "/desk/photos/photo/add/", photo_form(content, caption="Kept caption")
    ).content.decode()

    assert reason in page and "Kept caption" in page
    assert not Photo.objects.exists()


def test_a_photo_can_be_edited_without_a_new_file(editor):
    photo = make_photo()
    data = {
        "alt": "Another door",
        "caption": "",
        "credit": "Sam",
        "copyright": "",
        "focal_x": "10",
        "focal_y": "20",
    }
    assert editor.post(f"/desk/photos/photo/{photo.pk}/change/", data).status_code == 302

    photo.refresh_from_db()
    assert (photo.alt, photo.focal_x) == ("Another door", 10)


def test_files_are_deleted_with_their_photo(editor, settings, django_capture_on_commit_callbacks):
    masters = settings.MEDIA_ROOT / "masters"
    with django_capture_on_commit_callbacks(execute=True):
        editor.post("/desk/photos/photo/add/", photo_form(picture_file(), credit="Sam"))
        photo = Photo.objects.get()
    size = photo.ensure_rendition("wide", photo.sizes("wide")[0], "webp")

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(
            f"/desk/photos/photo/{photo.pk}/change/", photo_form(picture_file(colour="red"), credit="Sam")
        )
    assert [path.name for path in masters.iterdir()] == [
        Photo.objects.get().master.name.removeprefix("masters/")
    ]

    with django_capture_on_commit_callbacks(execute=True):
        chosen = {"action": "delete_selected", "_selected_action": photo.pk, "post": "yes"}
        assert editor.post("/desk/photos/photo/", chosen).status_code == 302
    assert list(masters.iterdir()) == [] and not size.exists()


def test_a_refused_picture_leaves_no_file(editor, settings):
    editor.post("/desk/photos/photo/add/", photo_form(picture_file(), alt=""))
    assert not (settings.MEDIA_ROOT / "masters").exists()


def pick(client, field, term, model="review", app="reviews"):
    return client.get(
        "/desk/autocomplete/", {"app_label": app, "model_name": model, "field_name": field, "term": term}
    ).json()["results"]


def test_autocomplete_fields_allow_typos_and_show_thumbnails(editor):
    film, photo = make_film(title="Cléo from 5 to 7"), make_photo()
    make_person(name="Agnès Varda")

    assert pick(editor, "film", "cleo 5 to seven") == [
        {"id": str(film.pk), "text": "Cléo from 5 to 7 (1950)", "thumbnail": film.art_url, "slug": film.slug}
    ]
    assert pick(editor, "lead_photo", "door")[0]["thumbnail"] == photo.thumbnail_url()
    assert [each["text"] for each in pick(editor, "people", "agnes vrda")] == ["Agnès Varda"]
    assert len(pick(editor, "film", "")) == 1


def test_a_chosen_photo_is_shown_in_its_field(editor):
    review = make_review(lead_photo=make_photo())
    assert "data-thumbnail=" in editor.get(f"/desk/reviews/review/{review.pk}/change/").content.decode()


PASTE = "/desk/interviews/interview/paste/"


def test_a_transcript_is_pasted_checked_and_saved_as_a_draft(editor):
    check = editor.post(PASTE, {"text": TEXT})
    page = check.content.decode()
    assert "Check the turns" in page and "“Marsh” is" in page and "Two in the desert" in page
    assert not Interview.objects.exists()

    answers = {
        "text": TEXT,
        "title": "Two",
        "speaker:cinemaCLIPS": "cinemaCLIPS",
        "speaker:Marsh": "Dolores M.",
        "speaker:Okafor": "Ife",
    }
    response = editor.post(PASTE, answers)
    interview = Interview.objects.get()
    assert response.url == f"/desk/interviews/interview/{interview.pk}/change/"
    assert interview.speakers.get(short_name="Marsh").name == "Dolores M."
    assert interview.transcript == TEXT
    assert editor.get(response.url).status_code == 200


def test_a_transcript_can_be_uploaded_as_a_file(editor):
    assert (
        "Check the turns"
        in editor.post(PASTE, {"file": SimpleUploadedFile("a.txt", TEXT.encode())}).content.decode()
    )


def test_a_transcript_read_with_low_confidence_must_be_confirmed(editor):
    assert "so this is a guess" in editor.post(PASTE, {"text": GUESSED}).content.decode()
    assert "This field is required" in editor.post(PASTE, {"text": GUESSED, "title": "x"}).content.decode()
    assert not Interview.objects.exists()

    assert editor.post(PASTE, {"text": GUESSED, "title": "x", "confirm": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"text": " "}, "Paste the interview, or choose a file."),
        ({"text": "A man walks in."}, "No interview was found"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 2_000_001)}, "over 2 MB"),
    ],
)
def test_a_text_that_is_no_transcript_shows_an_error(editor, data, reason):
    assert reason in editor.post(PASTE, data).content.decode()


def test_the_paste_screen_needs_permission(editor, db):
    assert editor.get(PASTE).status_code == 200
    outsider = make_staff("contributor")
    outsider.groups.clear()
    editor.force_login(outsider)
    assert editor.get(PASTE).status_code == 403


def test_the_form_of_an_interview_saves_turns_and_adds_people(editor):
    interview = make_interview(slug="talk")
    interview.people.clear()
    form = editor.get(f"/desk/interviews/interview/{interview.pk}/change/")
    data = {}
    for formset in form.context["inline_admin_formsets"]:
        data |= _posted(formset.formset)
    data |= {
        name: _value(form.context["adminform"].form, name) for name in form.context["adminform"].form.fields
    }
    data |= at(interview.published_at) | {"embargo_until_0": "", "embargo_until_1": "", "title": "Renamed"}
    response = editor.post(
        f"/desk/interviews/interview/{interview.pk}/change/", {k: v for k, v in data.items() if v is not None}
    )

    assert response.status_code == 302, response.context["errors"]
    interview.refresh_from_db()
    assert interview.title == "Renamed"
    assert interview.people.count() == 1


def _posted(formset):
    data = {
        f"{formset.prefix}-{name}": _value(formset.management_form, name)
        for name in formset.management_form.fields
    }
    for form in formset.initial_forms:
        data |= {form.add_prefix(name): _value(form, name) for name in form.fields if name != "DELETE"}
    data[f"{formset.prefix}-TOTAL_FORMS"] = len(formset.initial_forms)
    return data


def _value(form, name):
    value = form[name].value()
    return None if isinstance(value, list) else "" if value is None else value


def test_search_at_the_desk_allows_typos(editor):
    make_film(title="Amélie")
    found = editor.get("/desk/films/film/", {"q": "amelei"}).context["cl"]
    assert [film.title for film in found.result_list] == ["Amélie"]
    assert editor.get("/desk/films/film/", {"q": "??"}).context["cl"].result_count == Film.objects.count()


def test_the_preview_links_to_the_form(editor):
    review = make_review(published_at=None, embargo_until=tomorrow())
    page = editor.get(review.get_absolute_url()).content.decode()
    assert f"/desk/reviews/review/{review.pk}/change/" in page and "Embargoed until" in page
    assert (
        "Scheduled: goes live"
        in editor.get(make_review(published_at=tomorrow()).get_absolute_url()).content.decode()
    )


def test_a_contributor_can_be_added(editor):
    data = {"name": "Nora", "slug": "nora", "title": "", "bio": "", "disclosure": "", "left_on": ""}
    assert editor.post("/desk/magazine/contributor/add/", data).status_code == 302
    assert Contributor.objects.get().slug == "nora"
