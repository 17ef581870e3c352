"""A quiz in a browser, with scripts and without: keyboard, phone, leaderboard and printed sheets."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_readers import AXE, DESKTOP, PHONE
from trivia.models import Question, Ruling

QUIZ = "/trivia/ten-on-the-1940s/"


def clean(page):
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    assert not found, [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def answer_rightly(page):
    """Answer the question on the page with the right answer from the bank, whatever its kind."""
    shown = page.locator(".question legend, .question label").first.inner_text().strip("*")
    question = Question.objects.get(text=shown)
    options = list(question.options.all())
    if question.kind == "typed":
        page.get_by_label(shown).fill(options[0].text)
    elif question.kind == "order":
        for position, option in enumerate(options, 1):
            page.get_by_label(option.text).select_option(str(position))
    else:
        for option in (each for each in options if each.is_right):
            page.get_by_label(option.text, exact=True).check()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_quiz_is_played_from_start_to_result(demo_site, visit, scripts):
    page = visit(
        demo_site + QUIZ, viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce"
    )  # fmt: skip
    page.get_by_role("button", name="Play").click()
    for position in range(1, 11):
        page.get_by_role("heading", name=f"Question {position} of 10").wait_for()
        answer_rightly(page)
        if position == 2 and scripts:
            clean(page)
        if position in (1, 6):  # a reload shows the same question
            page.reload()
            page.get_by_role("heading", name=f"Question {position} of 10").wait_for()
            answer_rightly(page)
        page.get_by_role("button", name="Answer" if position < 10 else "Pass").click()
        page.locator(".mark").wait_for()
        assert page.locator(".mark").inner_text().split(maxsplit=1)[1] == (
            "Right" if position < 10 else "Passed over"
        )
        if position == 3 and scripts:
            clean(page)
        page.locator(".acts a").click()
    page.get_by_role("heading", name="9 of 10 right").wait_for()
    said = page.get_by_role("textbox", name="Tell somebody").input_value()
    assert said.startswith("cinemaCLIPS quiz “Ten on the 1940s”: 9 of 10 right.\n◆ ◆")
    if scripts:
        clean(page)

    page.get_by_role("link", name="Choose a nickname").click()
    page.get_by_label("Nickname").fill("Third Row")
    page.get_by_role("button", name="Put me on the leaderboards").click()
    page.get_by_text("You stand on the leaderboards as").wait_for()
    page.goto(demo_site + QUIZ)
    page.get_by_role("row", name="Third Row").wait_for()
    page.goto(f"{demo_site}{QUIZ}sheet/answers/")
    assert page.locator(".sheet li b").count() == 10


def test_a_quiz_is_played_by_keyboard_alone(demo_site, visit):
    page = visit(f"{demo_site}/trivia/really/", viewport=DESKTOP)
    page.get_by_role("button", name="Play").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Question 1 of 7").wait_for()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Next question").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Question 2 of 7").wait_for()


def test_the_clock_announces_thresholds_and_can_be_extended(demo_site, visit):
    page = visit(demo_site + QUIZ, reduced_motion="reduce")
    page.clock.install()
    page.goto(demo_site + QUIZ)
    page.get_by_label("A clock?").select_option("45")
    page.get_by_role("button", name="Play").click()
    page.get_by_text("45 seconds left").wait_for()
    announcement = page.locator(".clock [role=status]")
    heard = []
    for _ in range(100):  # 45 from the moment at which the script has been loaded
        page.clock.run_for(1000)
        heard += [announcement.inner_text()] if announcement.inner_text() not in (*heard, "") else []
    clean(page)

    assert heard == [
        "Half of the time is left.",
        "Ten seconds left.",
        "Time is up. You can still take more time.",
    ]
    page.get_by_role("button", name="More time").click()
    page.get_by_text("Time is up").wait_for(state="hidden")
    page.get_by_text("seconds left").wait_for()
    assert page.console_messages == []


def test_other_pages_of_trivia_are_accessible(demo_site, visit):
    """The other pages of trivia pass the accessibility check."""
    page = visit(f"{demo_site}/trivia/in-the-right-order/", viewport=PHONE, reduced_motion="reduce")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("combobox").first.wait_for()
    clean(page)
    for number, box in enumerate(page.get_by_role("combobox").all(), 1):
        box.select_option(str(number))
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("link", name="Something is wrong with question 1").click()
    page.get_by_label("Reason").wait_for()
    clean(page)
    page.get_by_label("Reason").select_option("unclear")
    page.get_by_role("button", name="Tell us").click()
    page.locator(".mark").wait_for()

    Ruling.objects.create(question=Question.objects.first(), verdict="stands", reason="It is so.")
    for address in (
        "/trivia/rulings/",
        "/trivia/nickname/",
        "/trivia/on/metropolis-1927/",
        f"{QUIZ}sheet/answers/",
    ):
        page.goto(demo_site + address)
        clean(page)
    page.goto(f"{demo_site}/reviews/metropolis/")
    page.get_by_role("button", name="Answer them").click()
    page.get_by_role("heading", name="Question 1 of 3").wait_for()
    assert [each for each in page.console_messages if "404" not in each] == []
