"""What scripts add to pages that work without them: keys, swipes and dialog of albums, and suggestions."""

import pytest

from about.models import Letter
from tests.browser.test_readers import AXE, PHONE

ALBUM = "/gallery/the-booth/"
SWIPE = """way => {
    const at = x => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});
    const say = (name, x) => document.body.dispatchEvent(new TouchEvent(name, {bubbles: true, touches: name === 'touchend' ? [] : [at(x)], changedTouches: [at(x)]}));
    say('touchstart', 200); say('touchend', 200 + way);
}"""


def pictures(page):
    return page.eval_on_selector_all(".contact-sheet a", "links => links.map(link => link.href)")


def test_arrow_keys_lead_through_an_album(demo_site, visit):
    # Reduced motion: leaving a page during its transition would print a message on the console.
    page = visit(demo_site + ALBUM, reduced_motion="reduce")
    first, second, *_ = pictures(page)
    page.goto(first)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(second)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(first)
    page.keyboard.press("ArrowLeft")  # there is none before the first
    page.keyboard.press("Shift+ArrowRight")  # for selecting words
    assert page.url == first and page.console_messages == []


def test_swipes_lead_through_an_album(demo_site, visit):
    page = visit(demo_site + ALBUM, viewport=PHONE, has_touch=True)
    first, second, *_ = pictures(page)
    page.goto(first)
    page.evaluate(SWIPE, -20)  # too short for a swipe
    page.evaluate(SWIPE, -120)
    page.wait_for_url(second)
    page.evaluate(SWIPE, 120)
    page.wait_for_url(first)


def test_a_dialog_over_the_album_shows_each_picture_with_its_credit(demo_site, visit):
    page = visit(demo_site + ALBUM)
    links = page.locator(".contact-sheet a")
    count = links.count()
    links.nth(1).click()
    dialog = page.locator("dialog.lightbox")
    dialog.get_by_text(f"2 of {count}", exact=True).wait_for()
    dialog.locator("figure img").wait_for()
    assert page.url == demo_site + ALBUM
    assert "Photo: Sam Brightwater" in dialog.inner_text() and "number 2 of" in dialog.inner_text()
    page.evaluate(AXE)
    assert page.evaluate("axe.run('dialog')")["violations"] == []

    page.keyboard.press("ArrowRight")
    dialog.get_by_text(f"3 of {count}", exact=True).wait_for()
    dialog.get_by_role("button", name="Previous").click()
    dialog.get_by_text(f"2 of {count}", exact=True).wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.href") == pictures(page)[1]
    assert page.console_messages == []


def test_the_dialog_wraps_around_and_closes_by_its_button(demo_site, visit):
    page = visit(demo_site + ALBUM)
    page.locator(".contact-sheet a").first.click()
    dialog = page.locator("dialog.lightbox")
    dialog.get_by_role("button", name="Previous").wait_for()
    dialog.get_by_role("button", name="Previous").click()
    count = page.locator(".contact-sheet a").count()
    dialog.get_by_text(f"{count} of {count}", exact=True).wait_for()
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="hidden")


@pytest.mark.parametrize(
    "screen", [PHONE, {"width": PHONE["height"], "height": PHONE["width"]}], ids=["up", "aside"]
)
def test_the_dialog_fits_a_phone(screen, demo_site, visit):
    page = visit(demo_site + ALBUM, viewport=screen, has_touch=True)
    page.locator(".contact-sheet a").first.tap()
    dialog = page.locator("dialog.lightbox")
    dialog.locator("figure img").wait_for()
    for part in (
        dialog.locator("figure img"),
        dialog.get_by_role("button", name="Close"),
        dialog.get_by_text("Photo:"),
    ):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= screen["width"]
        assert box["y"] >= 0 and box["y"] + box["height"] <= screen["height"]


def test_without_scripts_the_same_pictures_are_pages(demo_site, visit):
    page = visit(demo_site + ALBUM, java_script_enabled=False)
    page.locator(".contact-sheet a").first.click()
    page.locator(".picture-page .credit").wait_for()
    page.locator("a[rel=next]").click()
    page.get_by_text("2 of").first.wait_for()


def test_titles_are_suggested_while_typing(demo_site, visit):
    page = visit(f"{demo_site}/search/")
    page.locator("input[name=q]").press_sequentially("metro", delay=30)
    page.locator("datalist option[value=Metropolis]").wait_for(state="attached")

    assert page.console_messages == []


def test_a_letter_can_be_sent_without_scripts(demo_site, visit):
    page = visit(f"{demo_site}/about/contact/?topic=links", java_script_enabled=False)
    page.locator("textarea").fill("A link is missing.")
    assert not page.get_by_label("Leave this field empty").is_visible() or (
        page.get_by_label("Leave this field empty").bounding_box()["x"] < 0
    )
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/about/contact/thanks/")
    assert Letter.objects.get().topic.slug == "links"
