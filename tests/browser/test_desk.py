"""The desk in a browser: its content security policy blocks nothing, and the editor works."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from gallery.models import Album
from photos.models import Photo
from reviews.models import Review

# What Word and Google Docs put on the clipboard.
PASTED = (
    "<p class=MsoNormal><span lang=EN-US>In <i style='mso-bidi-font-style:normal'>Vertigo</i> he falls.</span></p>"
    '<p dir="ltr"><span style="font-size:11pt">So does </span><span style="font-style:italic">Laura</span></p>'
)


@pytest.fixture
def desk(demo_site, visit):
    page = visit(f"{demo_site}/desk/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", "a demo password")
    page.click("[type=submit]")
    page.locator("#user-tools").wait_for()
    page.site = demo_site
    yield page
    assert page.console_messages == []


def choose(page, field, words):
    """Choose in an autocomplete field by opening it, typing and pressing Enter."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Enter")


def test_an_editor_writes_and_publishes(desk):
    desk.goto(f"{desk.site}/desk/reviews/review/add/")
    choose(desk, "film", "vertgo")
    desk.locator("#id_title").press_sequentially("Vertigo")
    assert desk.input_value("#id_slug") == "vertigo"
    desk.fill("#id_verdict", "He looks, and falls.")
    desk.select_option("#id_how_seen", "ticket")
    editor = desk.locator(".field-body .tiptap")
    editor.click()
    desk.evaluate(
        """html => { const data = new DataTransfer(); data.setData('text/html', html);
        document.querySelector('.field-body .tiptap').dispatchEvent(
          new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }""",
        PASTED,
    )
    choose(desk, "lead_photo", "dunes")
    expect(desk.locator(".field-lead_photo .picked img")).to_be_visible()
    desk.locator("#bylines-0 .select2-selection").click()
    desk.locator(".select2-search__field").last.fill("inez")
    desk.locator(".select2-results__option--highlighted", has_text="Inez").wait_for()
    desk.keyboard.press("Enter")
    desk.fill("#id_published_at_0", "2026-01-02")
    desk.fill("#id_published_at_1", "09:00:00")
    desk.locator("input[name=_continue]").first.click()
    desk.locator(".messagelist .success").wait_for()

    review = Review.objects.get(slug="vertigo")
    assert review.body == "<p>In <em>Vertigo</em> he falls.</p><p>So does <em>Laura</em></p>"
    assert (review.film.title, review.is_published) == ("Vertigo", True)
    assert "Live since" in desk.locator(".state-panel").inner_text()
    desk.locator(".state-panel a").click()
    desk.wait_for_url("**/reviews/vertigo/")
    assert desk.locator("h1").inner_text() == "Vertigo"


def test_the_editor_knows_spoilers_pictures_and_film_cards(desk):
    review = Review.objects.get(slug="metropolis")
    desk.goto(f"{desk.site}/desk/reviews/review/{review.pk}/change/")
    desk.locator(".field-body .tiptap").click()
    desk.keyboard.press("Control+End")
    desk.locator(".field-body").get_by_text("Photo", exact=True).click()
    desk.locator(".desk-finder input").fill("dunes")
    desk.wait_for_load_state("networkidle")
    desk.locator(".desk-finder li button", has_text="dunes").first.click()
    desk.locator(".field-body").get_by_text("Film", exact=True).click()
    desk.locator(".desk-finder input").fill("vertgo")
    desk.wait_for_load_state("networkidle")
    desk.locator(".desk-finder li button", has_text="Vertigo").first.click()
    desk.locator("input[name=_save]").first.click()
    desk.locator(".messagelist .success").wait_for()

    review.refresh_from_db()
    photo = Photo.objects.get(alt__contains="dunes")
    assert f'<figure data-photo="{photo.pk}"></figure>' in review.body
    assert '<aside data-film="vertigo-1958">Vertigo (1958)</aside>' in review.body
    assert "<details><summary>the flood, and who lives</summary><p>The children are saved" in review.body


def test_a_publish_blocker_links_to_its_field(desk):
    draft = Review.objects.create(title="Draft", slug="draft")
    desk.goto(f"{desk.site}/desk/reviews/review/{draft.pk}/change/")
    desk.locator(".state-panel a", has_text="Write the verdict").click()

    desk.wait_for_url("**/#id_verdict")


def test_a_click_sets_the_focal_point(desk):
    photo = Photo.objects.get(alt__contains="dunes")
    desk.goto(f"{desk.site}/desk/photos/photo/{photo.pk}/change/")
    desk.locator(".focal-picker canvas").first.wait_for()
    whole = desk.locator(".focal-picker .whole img")
    frame = whole.bounding_box()
    whole.click(position={"x": frame["width"] * 0.25, "y": frame["height"] * 0.75})

    assert (desk.input_value("#id_focal_x"), desk.input_value("#id_focal_y")) == ("25", "75")
    desk.locator("input[name=_save]").first.click()
    desk.locator(".messagelist .success").wait_for()
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == (25, 75)


def test_selected_words_become_the_pull_quote(desk):
    from interviews.models import Interview

    interview = Interview.objects.get(slug="the-light-is-easier")
    desk.goto(f"{desk.site}/desk/interviews/interview/{interview.pk}/change/")
    answer = desk.locator("#turns-2")
    answer.locator(".tiptap").click()
    desk.evaluate(
        """() => { const text = document.querySelector('#turns-2 .tiptap p').firstChild;
        const range = document.createRange(); range.setStart(text, 2); range.setEnd(text, 18);
        const marked = getSelection(); marked.removeAllRanges(); marked.addRange(range); }"""
    )
    answer.get_by_text("Marked words become the pull quote").click()

    assert int(answer.locator("[name$=pull_to]").input_value()) > int(
        answer.locator("[name$=pull_from]").input_value()
    )


def test_no_page_of_the_desk_violates_its_content_policy(desk):
    assert User.objects.filter(username="editor").exists()
    for path in (
        "",
        "films/film/",
        "films/film/add/",
        "photos/photo/",
        "magazine/pin/add/",
        "interviews/interview/paste/",
        "auth/user/",
    ):
        desk.goto(f"{desk.site}/desk/{path}")
        desk.wait_for_load_state("networkidle")


def test_pictures_are_reordered_by_button_and_by_dragging(desk):
    album = Album.objects.get(slug="the-booth")
    before = [picture.photo_id for picture in album.pictures.in_order()]
    desk.goto(f"{desk.site}/desk/gallery/album/{album.pk}/captions/")
    assert str(album) in desk.locator(".breadcrumbs").inner_text()

    first = desk.locator(".caption-line").first
    assert first.get_by_role("button", name="Earlier").is_disabled()
    first.get_by_role("button", name="Later").click()
    assert desk.locator(".captions [role=status]").inner_text() == f"Now number 2 of {len(before)}."
    # A picture that loads late would move the lines while one is dragged.
    desk.wait_for_load_state("load")
    desk.locator(".caption-line img").nth(3).drag_to(
        desk.locator(".caption-line").nth(2), target_position={"x": 5, "y": 5}, steps=10
    )
    desk.get_by_text(f"Now number 3 of {len(before)}.").wait_for(state="attached")
    desk.locator(".captions [type=submit]").click()
    desk.get_by_text("Captions, credits and order are saved.").wait_for()

    after = [picture.photo_id for picture in album.pictures.in_order()]
    assert after == [before[1], before[0], before[3], before[2], *before[4:]]
