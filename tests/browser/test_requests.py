"""Reel requests in a browser, with scripts and without, and the moderation queue by keyboard."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reelrequests.models import ReelRequest
from tests.browser.test_readers import AXE, PHONE
from tests.factories import make_film, make_request, make_review, make_staff, make_vote
from tests.outbox import deliver, link_in


@pytest.fixture
def requests_site(live_server, transactional_db):
    make_review(film=make_film(title="Stalker", slug="stalker"), title="Into the zone")
    make_request(title="The Mirror, cut by cut", votes=3)
    return live_server.url


def complaints_of_axe(page):
    page.evaluate(AXE)
    found = page.evaluate("axe.run({rules: {'target-size': {enabled: true}}})")["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_request_is_sent_confirmed_and_withdrawn_on_a_phone(requests_site, visit, scripts):
    """
    Existing coverage is offered first, then a vote for a similar request.

    Otherwise the request is sent, its vote is confirmed by mail, and withdrawn.
    """
    page = visit(
        f"{requests_site}/reel-requests/",
        viewport=PHONE,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page.get_by_role("link", name="Ask for something").click()
    if scripts:
        page.get_by_label("Which one").press_sequentially("mirror cut", delay=10)
        page.get_by_text("Asked for already").wait_for()
        expect(page.get_by_role("link", name="The Mirror, cut by cut")).to_be_visible()
    page.get_by_label("Which one").fill("stalker")
    page.get_by_label("Why").fill("I fell asleep.")
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_role("link", name=re.compile("Review: Into the zone")).wait_for()
    assert not ReelRequest.objects.filter(title="stalker").exists()
    if scripts:
        assert complaints_of_axe(page) == []
    page.get_by_role("button", name="Send mine all the same").click()
    page.get_by_role("heading", name="Your requests").wait_for()
    assert ReelRequest.objects.get(title="stalker").why == "I fell asleep."

    page.goto(f"{requests_site}/reel-requests/")
    page.get_by_role("link", name="The Mirror, cut by cut").click()
    page.get_by_label("Your e-mail address").fill("ana@example.com")
    page.get_by_role("button", name="I want it too").click()
    page.get_by_text("press the button in our mail").wait_for()
    page.goto(requests_site + link_in(deliver()[-1]))
    if scripts:
        assert complaints_of_axe(page) == []
    page.get_by_role("button", name="Tell me when it is covered").click()
    page.get_by_text("you hear when it is covered").first.wait_for()
    if scripts:
        assert complaints_of_axe(page) == []
    mirror = ReelRequest.objects.get(title="The Mirror, cut by cut")
    assert mirror.vote_count == 4
    page.get_by_role("button", name=re.compile("Take it back.*The Mirror")).click()
    page.get_by_role("link", name="The Mirror").wait_for(state="detached")
    mirror.refresh_from_db()
    assert mirror.vote_count == 3
    assert page.console_messages == []


def test_the_moderation_queue_works_by_keyboard(live_server, transactional_db, visit, client):
    """j and k move, x selects, letters run actions; keys in a text field do none of this."""
    for title in ("First", "Second", "Third"):
        make_request(title=title, shown=False, asked_at=timezone.now())
    client.force_login(make_staff("editor"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page = visit(f"{live_server.url}/desk/")
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/desk/reelrequests/reelrequest/?o=1")
    page.get_by_text("j and k go down and up").wait_for()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("s")
    assert [each.title for each in ReelRequest.objects.shown()] == ["Second"]
    page.locator("#searchbar").press_sequentially("sjd")
    assert page.locator("#searchbar").input_value() == "sjd" and ReelRequest.objects.shown().count() == 1

    page.goto(f"{live_server.url}/desk/reelrequests/reelrequest/?o=1")
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("d")
    assert set(ReelRequest.objects.filter(moderation="spam").values_list("title", flat=True)) == {
        "First",
        "Third",
    }
    assert page.console_messages == []


def test_forms_that_were_refused_and_pages_behind_mails_are_accessible(live_server, transactional_db, visit):
    reel_request = make_request(kind="riddle", title="Every clock has stopped")
    vote = make_vote(reel_request, "ana@example.com")
    page = visit(
        f"{live_server.url}/reel-requests/{reel_request.pk}/guess/", viewport=PHONE, reduced_motion="reduce"
    )
    assert complaints_of_axe(page) == []
    page.get_by_label("The film").fill("Rebecca")
    page.get_by_role("button", name="It is this one").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.goto(f"{live_server.url}/reel-requests/leave/{vote.withdraw_key}/")
    assert complaints_of_axe(page) == []
    page.get_by_role("button", name="Take my voice back").click()
    page.get_by_role("heading", name="You hear no more of this").wait_for()
    page.goto(f"{live_server.url}/reel-requests/ask/")
    page.get_by_label("Which one").evaluate("field => field.required = false")
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_text("Something below needs a look").wait_for()
    assert complaints_of_axe(page) == []
    assert [each for each in page.console_messages if "422" not in each] == []
