"""Contests in a browser: entering on a phone, and checking a draw on the reader's own machine."""

import io
import json
import random
import re
import time

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image
from playwright.sync_api import expect

from contest import verify
from contest.models import Award, Contest, Entry
from tests.browser.test_quiz import clean
from tests.browser.test_readers import PHONE
from tests.contest.test_verify import VECTORS, all_of, made
from tests.factories import make_drawn
from tests.outbox import deliver, link_in

OPEN, DRAWN = "/contest/three-questions-three-discs/", "/contest/the-summer-draw/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_contest_is_entered_on_a_phone(demo_site, visit, scripts):
    began = time.monotonic()
    page = visit(demo_site + OPEN, viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce")
    page.get_by_role("link", name="Enter").click()
    page.get_by_label("Your name").wait_for()
    for question in page.locator(".question").all():
        question.get_by_role("radio").first.check()
    page.get_by_label("Your name").fill("Ana Moss")
    page.get_by_label("Your e-mail address").fill("ana@example.com")
    page.get_by_label("Where you live").select_option(label="Arizona, United States")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("I have read the rules").check()
    if scripts:
        assert "for you" in page.locator(".contest-banner-when").inner_text()
        expect(page.locator("[name=work]")).not_to_have_value("")
        clean(page)
    page.get_by_role("button", name="Enter").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    page.goto(demo_site + link_in(deliver()[0]))
    page.get_by_role("button", name="Enter me").click()
    page.get_by_role("heading", name="You are in").wait_for()

    entry = Entry.objects.confirmed().get(email="ana@example.com")
    assert page.get_by_text(entry.ticket).is_visible() and time.monotonic() - began < 60
    assert entry.doubts == "" or "three seconds" in entry.doubts
    if scripts:
        clean(page)
        assert page.console_messages == []


def test_the_proof_of_work_passes_the_server_s_check(demo_site, visit):
    """The number that the browser found passes the server's own check."""
    page = visit(demo_site + OPEN + "enter/")
    page.get_by_label("Your name").focus()
    expect(page.locator("[name=work]")).not_to_have_value("")
    stamp, work = (page.locator(f"[name={name}]").input_value() for name in ("stamp", "work"))

    assert int(verify.sha(f"{stamp} {work}"), 16) >> (256 - 14) == 0


def test_the_whole_draw_is_checked_in_the_readers_browser(demo_site, visit):
    page = visit(demo_site + DRAWN + "proof/", reduced_motion="reduce")
    page.get_by_role("button", name="Check it in this browser").click()
    page.get_by_text("It adds up: 60 tickets ranked anew").wait_for()

    assert page.console_messages == []
    clean(page)


@pytest.mark.parametrize("file", ["manifest", "entries", "beacon", "disqualified"])
def test_a_changed_file_fails_the_check(demo_site, visit, file):
    """Negative control: a change in any of the four files is found."""
    page = visit(demo_site + DRAWN + "proof/")
    page.route(
        f"**/{file}.txt",
        lambda route: route.fulfill(
            body="" if file == "disqualified" else route.fetch().text().replace("1", "2", 1)
        ),
    )
    page.get_by_role("button", name="Check it in this browser").click()

    page.get_by_text("It does not add up.").wait_for()


RUN = """async ([manifest, entries, beacon, out]) => {
  const { verify } = await import("/static/js/draw.js");
  try {
    const steps = verify(manifest, entries, beacon, out);
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    return [`manifest ${step.value.manifest}`, `beacon ${step.value.beacon}`, `seed ${step.value.seed}`, ...step.value.lines];
  } catch (error) { return "refused"; }
}"""


def by_python(texts):
    try:
        return list(verify.verified(*texts))
    except ValueError:
        return "refused"


def random_draws(many):
    """Random draws with every kind of beacon, some of them with a fault."""
    chance = random.Random(1998)  # noqa: S311 - examples, no real draw
    for number in range(many):
        entries = [
            (f"{chance.getrandbits(256):064x}", chance.randint(1, 12)) for _ in range(chance.randint(0, 40))
        ]
        kinds = [chance.choice(["numbers", "digits", "hex"]) for _ in range(chance.randint(1, 4))]
        manifest, listed = made(entries, prizes=chance.randint(0, 9), kinds=kinds)
        lines = [
            f"{chance.getrandbits(256):064X}"
            if kind == "hex"
            else ", ".join(f"{chance.randint(0, 99):03}" for _ in range(6))
            for kind in kinds
        ]
        out = "".join(f"{ticket} declined\n" for ticket, _ in entries if chance.random() < 0.2)
        texts = [manifest, listed, "".join(f"{line}\n" for line in lines), out]
        if number % 5 == 0:
            which = chance.randrange(4)
            texts[which] = texts[which].replace("1", "2", 1) or "x"
        yield texts


def test_javascript_and_python_agree_on_every_vector_and_on_random_draws(demo_site, visit):
    page = visit(f"{demo_site}{DRAWN}proof/")
    cases = [list(all_of(each)) for each in VECTORS["draws"] + VECTORS["rejects"]] + list(random_draws(200))
    refused = 0
    for texts in cases:
        found = page.evaluate(RUN, texts)
        assert found == by_python(texts), json.dumps(texts)[:400]
        refused += found == "refused"

    assert 20 < refused < 80
    for each in VECTORS["tickets"]:
        ticket_parts = [each["draw_id"], each["salt"], each["email_as_typed"]]
        made_here = page.evaluate(
            "async (ticket_parts) => (await import('/static/js/draw.js')).ticketOf(...ticket_parts)",
            ticket_parts,
        )
        assert made_here == each["ticket"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_studio_replays_the_draw(demo_site, visit, scripts):
    page = visit(demo_site + DRAWN + "studio/", java_script_enabled=scripts)
    shown = page.locator(".slide:visible")
    if not scripts:
        assert shown.count() == 7
        return
    assert shown.count() == 1
    seen = [shown.inner_text()]
    for _ in range(6):
        page.keyboard.press("Space")
        seen.append(shown.inner_text())
    assert "The summer draw" in seen[0] and "fe290bec" in seen[2] and "Rosalind A., Flagstaff" in seen[5]
    page.keyboard.press("ArrowLeft")
    assert shown.inner_text() == seen[5]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_camera_can_read_the_qr_code_of_the_card(demo_site, visit, width, scheme):
    viewport = {"width": width, "height": 800}
    page = visit(f"{demo_site}{OPEN}on-air/", viewport=viewport, color_scheme=scheme)
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))

    assert code.text == settings.SITE_URL + OPEN
    assert not page.console_messages


def test_a_winner_claims_on_a_phone(demo_site, visit):
    contest = make_drawn(3, prizes=1)
    winner = contest.entries.get(rank=1)
    page = visit(f"{demo_site}/contest/did-i-win/", viewport=PHONE, reduced_motion="reduce")
    page.get_by_label("The code on your receipt").fill(winner.formatted_code)
    page.get_by_role("button", name="Look").click()
    page.get_by_role("heading", name="You have won!").wait_for()
    clean(page)
    page.get_by_role("link", name="Claim it").click()
    for label, words in {
        "Full name": "Ana Moss",
        "Street": "1 Main",
        "Town": "Tempe",
        "ZIP": "85281",
    }.items():
        page.get_by_role("textbox", name=label).fill(words)
    page.get_by_label("List me as a winner").check()
    clean(page)
    page.get_by_role("button", name="Claim the prize").click()
    page.get_by_text(re.compile("^Claimed ")).wait_for()

    assert Award.objects.get(contest=contest).listed_as == "Ana M., Tempe"
    assert Contest.objects.drawn().count() == 2
