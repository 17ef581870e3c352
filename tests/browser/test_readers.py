"""The magazine in a browser: accessibility on two screens in two themes, the keyboard, no JavaScript."""

import importlib.resources

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Error as PlaywrightError

from films.models import Film
from interviews.models import Interview
from magazine.models import Correction
from reelrequests.models import ReelRequest, Round
from reviews.models import Review

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text()
PAGE_TYPES = [
    "/",
    "/reviews/",
    "/reviews/?rating=9",
    "/reviews/metropolis/",
    "/reviews/close-up/",
    "/interviews/",
    "/interviews/the-light-is-easier/",
    "/films/night-of-the-living-dead-1968/",
    "/people/fritz-lang/",
    "/contributors/theo-marchetti/",
    "/trivia/",
    "/trivia/daily/",
    "/trivia/quizzes/",
    "/trivia/ten-on-the-1940s/",
    "/trivia/ten-on-the-1940s/sheet/",
    "/trivia/on/metropolis-1927/",
    "/trivia/leaderboards/",
    "/trivia/rulings/",
    "/trivia/sources/",
    "/trivia/daily/archive/",
    "/trivia/daily/restore/",
    "/dvdelighted/",
    "/dvdelighted/metropolis-restored-blu-ray/",
    "/dvdelighted/editions/metropolis-1927/",
    "/dvdelighted/calendar/",
    "/contest/",
    "/contest/three-questions-three-discs/",
    "/contest/three-questions-three-discs/enter/",
    "/contest/the-summer-draw/",
    "/contest/the-summer-draw/proof/",
    "/contest/the-summer-draw/studio/",
    "/contest/three-questions-three-discs/on-air/",
    "/contest/did-i-win/",
    "/reel-requests/",
    "/reel-requests/ask/?title=Metropolis",
    "/reel-requests/yours/",
    "a request",
    "a riddle",
    "a round",
    "/my-data/",
    "/gallery/",
    "/gallery/the-booth/",
    "/press/",
    "/press/about-us/",
    "/press/site-rebuilt/",
    "/picks/",
    "/picks/staff-poll-directors-cut-the-lights/",
    "/picks/of-the-week/",
    "/links/",
    "/blog/",
    "/blog/letters-about-endings/",
    "/about/",
    "/about/show/",
    "/about/show/the-colour-red/",
    "/about/staff/",
    "/about/corrections/",
    "/about/contact/",
    "/about/contact/thanks/",
    "/about/ethics/",
    "/tags/",
    "/films/",
    "/people/?letter=f",
    "/tags/silent/",
    "/feeds/",
    "/search/?q=restord",
    "/search/?q=film",
    "/search/?q=metropolsi",
    "/search/",
    "/no-such-page/",
]
# Pages whose URL contains a primary key.
PATHS_BY_NAME = {
    "a request": lambda: ReelRequest.objects.get(title="The Third Man"),
    "a riddle": lambda: ReelRequest.objects.filter(kind="riddle").first(),
    "a round": lambda: Round.objects.get(),
}


def page_types():
    return [
        PATHS_BY_NAME[each]().get_absolute_url() if each in PATHS_BY_NAME else each for each in PAGE_TYPES
    ]


# No width makes a page scroll in two directions: WCAG 1.4.10 asks it of 320 pixels, a tablet of the others.
WIDTHS = [320, 600, 820, 960, 1024, 1100]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def site(demo_site):
    Correction.objects.create(article=Review.objects.get(slug="metropolis"), before="1926", after="1927")
    return demo_site


# Some rules of axe make markup from text, which our policy refuses to every script of a page.
FOR_AXE = {"bypass_csp": True}
# All rules of axe in the light theme at both widths; in the dark theme only colours differ.
ALL_RULES = "axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
CONTRAST_RULES = "axe.run({resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})"
FOUR_WAYS = [
    (PHONE, "light", ALL_RULES),
    (PHONE, "dark", CONTRAST_RULES),
    (DESKTOP, "dark", CONTRAST_RULES),
    (DESKTOP, "light", ALL_RULES),
]


@pytest.mark.parametrize("half", [0, 1])
def test_no_page_type_has_an_accessibility_violation(site, visit, half):
    page = visit(site, reduced_motion="reduce", **FOR_AXE)
    for path in page_types()[half::2]:
        page.goto(site + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(each => each.open = !each.closest('.menu'))"
        )
        page.evaluate(AXE)
        for viewport, scheme, run in FOUR_WAYS:
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(run)["violations"]
            violations = [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found]
            assert not violations, (path, viewport, scheme, violations)
            width = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert width <= 0, f"{path} is {width}px too wide at {viewport['width']}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    assert [each for each in page.console_messages if "404" not in each] == []


def test_a_preview_is_marked_as_such_and_accessible(site, visit, client):
    Review.objects.filter(slug="metropolis").update(published_at=None)
    client.force_login(User.objects.get(username="editor"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    page = visit(site)
    page.context.add_cookies([cookie])
    page.goto(f"{site}/reviews/metropolis/")
    notice = page.get_by_text("Only staff see this page.")
    page.evaluate(AXE)

    assert page.evaluate("axe.run()")["violations"] == []
    banner, opening = page.locator(".preview").bounding_box(), page.locator(".opening").bounding_box()
    assert notice.is_visible() and banner["y"] + banner["height"] <= opening["y"]


def test_axe_finds_a_planted_violation(site, visit):
    """Negative control: axe reports a violation that was added."""
    page = visit(site, **FOR_AXE)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><a href=/></a>')"
    )
    page.evaluate(AXE)
    assert {"image-alt", "link-name"} <= {each["id"] for each in page.evaluate("axe.run()")["violations"]}


RECORD_FOCUS = """
    window.stops = new Set(); window.bare = [];
    addEventListener("focusin", ({ target }) => {
      stops.add(target);
      if (getComputedStyle(target).outlineStyle === "none") bare.push(target.outerHTML);
    });
"""


def test_everything_can_be_reached_by_keyboard_on_every_page_type(site, visit):
    page = visit(site)
    for path in page_types():
        page.goto(site + path)
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], summary, button, input')]"
            ".filter(each => each.checkVisibility() && each.tabIndex >= 0)"
            # Radio buttons of one question are a single tab stop; arrow keys move between them.
            ".filter((each, place, all) => each.type !== 'radio'"
            " || all.findIndex(other => other.name === each.name) === place).length"
        )
        page.evaluate(RECORD_FOCUS)
        for _ in range(wanted):
            page.keyboard.press("Tab")
        assert page.evaluate("stops.size") == wanted, path
        assert page.evaluate("bare") == [], path
    assert [each for each in page.console_messages if "404" not in each] == []


def test_the_browser_refuses_markup_that_a_script_makes_of_text(site, visit):
    page = visit(site)
    add_markup = "document.querySelector('main').insertAdjacentHTML('beforeend', '<i id=planted></i>')"
    with pytest.raises(PlaywrightError, match="TrustedHTML"):
        page.evaluate(add_markup)
    assert page.locator("#planted").count() == 0

    page = visit(site, bypass_csp=True)
    page.evaluate(add_markup)
    assert page.locator("#planted").count() == 1


def test_the_first_tab_stop_is_the_skip_link(site, visit):
    page = visit(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/#content")
    assert page.evaluate("document.querySelector('.skip').getBoundingClientRect().top") < 900


def test_a_spoiler_opens_by_keyboard(site, visit):
    page = visit(f"{site}/reviews/metropolis/")
    spoiler = page.locator(".prose details")
    assert not page.get_by_text("The children are saved").is_visible()
    spoiler.locator("summary").focus()
    page.keyboard.press("Enter")

    page.get_by_text("The children are saved").wait_for()


def test_a_phone_has_a_menu_without_javascript(site, visit):
    page = visit(f"{site}/reviews/", viewport=PHONE, java_script_enabled=False)
    assert page.locator(".menu .current-section").inner_text().lower() == "reviews"
    page.locator(".menu summary").click()
    page.locator(".menu a", has_text="Interviews").click()

    page.wait_for_url(f"{site}/interviews/")


def test_reading_filtering_and_searching_need_no_javascript(site, visit):
    page = visit(f"{site}/reviews/", java_script_enabled=False)
    page.locator(".filters summary", has_text="Critic").click()
    page.locator(".filters a", has_text="Walter Okonjo").click()
    page.wait_for_url("**/?critic=walter-okonjo")
    assert page.locator(".row").count() == 4
    page.locator(".filters .chosen").click()
    page.wait_for_url(f"{site}/reviews/")
    assert page.locator(".row").count() == 16

    page.goto(f"{site}/search/")
    page.locator("input[name=q]").fill("carnival of sols")
    page.locator("button.btn").click()
    page.locator(".posters h3", has_text="Carnival of Souls").wait_for()


def test_print_hides_what_is_folded_and_what_is_not_the_piece(site, visit):
    page = visit(f"{site}/reviews/metropolis/")
    page.emulate_media(media="print")

    assert not page.get_by_text("The children are saved").is_visible()
    assert not page.locator(".top").is_visible()
    assert (
        page.get_by_text("The workers walk in step").is_visible()
        or page.get_by_text("he workers walk").is_visible()
    )


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_long_titles_and_missing_data_do_not_break_pages(site, visit, viewport):
    Film.objects.filter(title="Metropolis").update(title="W" * 90 + " and a title without an end, " * 5)
    Review.objects.filter(slug="metropolis").update(half_stars=None)
    Review.objects.get(slug="metropolis").article_ptr.__class__.objects.filter(slug="metropolis").update(
        title="Donaudampfschifffahrtsgesellschaftskapitänsmütze und andere sehr lange Titel " * 2
    )
    Interview.objects.filter(slug="the-light-is-easier").update(lead_photo=None)
    page = visit(site, viewport=viewport)
    for path in (
        "/",
        "/reviews/",
        "/reviews/metropolis/",
        "/films/metropolis-1927/",
        "/interviews/the-light-is-easier/",
    ):
        page.goto(site + path)
        assert (
            page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        ), path
