"""A Daily Reel game in a browser, with scripts and without; then the player's record on another phone."""

import pytest

from tests.browser.test_readers import AXE, PHONE
from trivia import reel_calendar

GAME = "/trivia/daily/"


@pytest.fixture
def answer(demo_site):
    return reel_calendar.get_or_create_todays_puzzle().film


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_daily_reel_is_played_to_the_end(answer, demo_site, visit, scripts):
    page = visit(demo_site + GAME, viewport=PHONE, java_script_enabled=scripts)
    page.get_by_role("button", name="Next clue").click()
    page.get_by_text("Clue 2 of 6").wait_for()
    page.get_by_label("Which film is it?").fill("no such film at all")
    page.get_by_role("button", name="Guess").click()
    page.get_by_role("alert").get_by_text("That cost nothing").wait_for()
    page.get_by_label("Which film is it?").fill("Stalker" if answer.title != "Stalker" else "Jaws")
    page.keyboard.press("Enter")
    page.get_by_text("Clue 3 of 6").wait_for()
    assert answer.title not in page.content()
    page.get_by_label("Which film is it?").fill(answer.title.upper())
    page.get_by_role("button", name="Guess").click()

    page.get_by_role("heading", name=f"It was {answer}").wait_for()
    assert "got it on clue 3 of 6." in page.get_by_role("textbox", name="Tell somebody").input_value()
    assert page.locator(".guesses li").all_inner_texts()[2].split()[-1].lower() == "right"
    if scripts:
        page.evaluate(AXE)
        assert page.evaluate("axe.run()")["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        page.get_by_role("button", name="Copy").click()
        page.get_by_text("copy it from here").or_(page.get_by_text("Copied.")).wait_for()
    page.reload()
    page.get_by_role("heading", name=f"It was {answer}").wait_for()
    code = page.locator("b.code").last.inner_text()

    other = visit(f"{demo_site}/trivia/daily/restore/", java_script_enabled=scripts)
    other.get_by_label("Restore code").fill(code)
    other.get_by_role("button", name="Bring it here").click()
    other.get_by_role("heading", name=f"It was {answer}").wait_for()


def test_titles_are_suggested_while_typing(answer, demo_site, visit):
    page = visit(demo_site + GAME)
    page.get_by_label("Which film is it?").press_sequentially("metro", delay=30)
    page.locator("datalist option[value^=Metropolis]").wait_for(state="attached")
    assert page.console_messages == []
