"""The admin of contests: only its manager sees entrants, and every step is in the audit log."""

import csv
import io
import re

import html5lib
import pytest
from django.utils import timezone

from contest import awarding, drawing, entering, freezing, rehearsal, retention, verify
from contest.admin.prizes import plain_cell
from contest.entry_statistics import entry_statistics
from contest.models import AuditEvent, Award, Contest, Disqualification, Entry, Threshold
from fans.models import Mail
from tests.contest.helpers import (
    CLAIM,
    DAY,
    claim_prize,
    make_closed_contest,
    make_closed_contest_with_entries,
    now,
    placements,
)
from tests.factories import (
    make_contest,
    make_drawn,
    make_entry,
    make_question,
    make_quiz,
    make_region,
    make_staff,
)
from trivia.models import Answer, Attempt, Player


@pytest.fixture
def manager(client, db):
    client.force_login(make_staff("contest manager", first_name="Mara", last_name="Vance"))
    return client


def desk(contest, screen):
    return f"/desk/contest/contest/{contest.pk}/{screen}/"


SCREENS = ["look", "card", "figures", "freeze", "numbers", "winners"]


@pytest.mark.parametrize("screen", [*SCREENS, "sheet", "filing"])
def test_staff_other_than_managers_see_no_entrant(client, db, screen):
    contest = make_contest()
    for role in ("contributor", "editor", "administrator"):
        client.force_login(make_staff(role))
        assert client.get(desk(contest, screen)).status_code == 403
        assert client.post(desk(contest, screen)).status_code == 403
        assert client.get("/desk/contest/entry/").status_code == 403


def test_the_manager_opens_every_screen(manager):
    contest = make_drawn(2)
    opened = make_contest()
    for screen in SCREENS:
        for each in (contest, opened):
            assert manager.get(desk(each, screen)).status_code in (200, 302), (screen, each)
    entry = contest.entries.first()
    page = manager.get(f"/desk/contest/entry/{entry.pk}/change/").content.decode()
    assert entry.email in page and entry.salt not in page and entry.code not in page
    assert manager.get("/desk/contest/entry/", {"q": entry.email}).status_code == 200


def test_the_list_of_entries_shows_the_status_of_each(manager):
    """The list has five columns, for each status of an entry."""
    drawn, contest = make_drawn(2), make_contest()
    make_entry(contest, "waits@example.com", confirmed=False, name="Ana <b>")
    make_entry(contest, "in@example.com")
    make_entry(contest, channel="card", card_postal_address="1 Elm")
    out = make_entry(contest, "out@example.com")
    awarding.disqualify(out, "employee-or-household", now(), "Mara Vance")
    page = " ".join(manager.get("/desk/contest/entry/").content.decode().split())

    for said in (
        'Ana &lt;b&gt; <span class="beneath">waits@example.com</span>', "Not confirmed yet", ">Confirmed<",
        ">Came by post<", f">Out: {out.disqualification.get_reason_display()}<", ">Number 1 of the draw<",
        f"{timezone.localtime(out.sent_at):%-d %b %Y, %H:%M}",
    ):  # fmt: skip
        assert said in page, said
    assert ">deleted<" not in page
    retention.erase_entry(drawn.entries.get(rank=2), now())
    assert ">deleted<" in manager.get("/desk/contest/entry/").content.decode()


def test_a_card_that_is_typed_in_has_the_same_chance(manager):
    contest = make_contest()
    card = {
        "name": "Jo Doe", "card_postal_address": "12 Elm St, Tempe, AZ", "region": contest.regions.get().pk, "of_age": "on",
        "postmarked_on": timezone.localdate(),
    }  # fmt: skip
    assert manager.post(desk(contest, "card"), card).status_code == 302
    entry = Entry.objects.get()
    assert (entry.channel, entry.identity) == ("card", "jo doe, 12 elm st, tempe, az")
    assert entry.ticket == verify.ticket_of(contest.draw_id, entry.salt, entry.identity)
    assert contest.audit_log.last().actor == "Mara Vance"
    again = manager.post(desk(contest, "card"), card | {"name": "JO  DOE"})
    assert "has entered already" in again.content.decode() and Entry.objects.count() == 1
    assert manager.post(desk(contest, "card"), card | {"name": "", "of_age": ""}).status_code == 200
    assert Entry.objects.count() == 1


def test_a_card_with_the_address_of_an_entrant_is_refused(manager):
    contest = make_contest()
    make_entry(contest, "ana@example.com")
    card = {
        "name": "Ana", "card_postal_address": "1 Main", "region": contest.regions.get().pk, "of_age": "on",
        "postmarked_on": timezone.localdate(), "email": "ANA@example.com",
    }  # fmt: skip

    assert "by whatever way" in manager.post(desk(contest, "card"), card).content.decode()


def test_a_card_posted_or_received_too_late_is_refused(manager):
    contest = make_contest(opens_at=now() - 9 * DAY, closes_at=now() - 5 * DAY)
    card = {
        "name": "Ana", "card_postal_address": "1 Main", "region": contest.regions.get().pk, "of_age": "on",
        "postmarked_on": timezone.localdate(),
    }  # fmt: skip
    assert "posted after the contest had closed" in manager.post(desk(contest, "card"), card).content.decode()
    in_time = card | {"postmarked_on": (now() - 7 * DAY).date()}
    assert "Cards were taken until" in manager.post(desk(contest, "card"), in_time).content.decode()
    coming = make_contest(opens_at=now() + DAY, published_at=now() - DAY)
    assert "not opened yet" in manager.post(desk(coming, "card"), in_time).content.decode()


def test_a_card_wins_and_is_claimed_by_letter(manager):
    contest = make_contest(opens_at=now() - 20 * DAY, closes_at=now() - 5 * DAY, sources=[("drand", now())])
    entry = Entry(
        contest=contest,
        channel="card",
        form_token="c",
        name="Jo",
        card_postal_address="1 Elm",
        region=contest.regions.get(),
        rules=contest.current_rules,
        identity="jo, 1 elm",
    )
    entry.save()
    entering.issue_ticket(entry, contest.closes_at - DAY)
    freezing.freeze(contest, now() - 2 * DAY)
    user = make_staff()
    for _ in range(2):
        drawing.record_reading(contest, ["ab" * 32], user, now(), second_reader=False)
    page = manager.get(desk(contest, "winners")).content.decode()
    assert "write a letter" in page and ">Claimed by letter</option>" in page
    manager.post(desk(contest, "winners"), {"award": Award.objects.get().pk, "step": "claimed"})
    assert (Award.objects.get().full_name, Award.objects.get().street) == ("Jo", "1 Elm")
    assert Mail.objects.count() == 0


def test_moderation_shows_suspicious_entries_and_records_decisions(manager):
    contest = make_contest()
    odd = make_entry(contest, "a@mailinator.com")
    fine = make_entry(contest, "b@mailinator.com")
    colleague = make_staff(first_name="Theo", last_name="Marsh")
    assert "thrown away" in manager.get(desk(contest, "look")).content.decode()
    manager.post(desk(contest, "look"), {"entry": [fine.pk], "decision": "fine"})
    manager.post(
        desk(contest, "look"),
        {"entry": [odd.pk], "decision": "bot", "seconded_by": colleague.pk, "note": "n"},
    )

    assert Entry.objects.get(pk=fine.pk).reviewed_at
    out = Disqualification.objects.get()
    assert (out.entry, out.decided_by, out.seconded_by) == (odd, "Mara Vance", "Theo Marsh")
    assert manager.post(desk(contest, "look"), {"decision": "because"}).status_code == 200
    assert "Sent by a program" in manager.get(desk(contest, "look")).content.decode()


def test_a_disqualification_can_be_undone_until_the_freeze(manager):
    contest = make_closed_contest_with_entries(3)
    awarding.disqualify(contest.entries.first(), "bot", now(), "Theo")
    awarding.disqualify(contest.entries.last(), "bot", now(), "Theo")
    first, second = Disqualification.objects.of_contest(contest)
    page = manager.get(desk(contest, "look")).content.decode()
    assert page.count("Undo") == 2

    manager.post(f"{desk(contest, 'look')}{first.pk}/back/")
    assert list(Disqualification.objects.of_contest(contest)) == [second]
    event = contest.audit_log.in_order().last()
    assert (event.kind, event.actor, event.payload) == (
        "reinstated",
        "Mara Vance",
        {"ticket": first.entry.ticket},
    )
    assert manager.post(f"{desk(contest, 'look')}{first.pk}/back/").status_code == 404

    freezing.freeze(contest, now())
    assert "Undo" not in manager.get(desk(contest, "look")).content.decode()
    late = manager.post(f"{desk(contest, 'look')}{second.pk}/back/", follow=True).content.decode()
    assert (
        "disqualification cannot be undone" in late and Disqualification.objects.of_contest(contest).exists()
    )


def test_a_contest_is_frozen_and_drawn_at_the_desk(manager, client):
    contest = make_contest(
        opens_at=now() - 20 * DAY, closes_at=now() - 5 * DAY, sources=[("drand", now() + 9 * DAY)]
    )
    make_entry(contest, "ana@example.com", at=contest.closes_at - DAY)
    assert "<b>1</b> ticket with 1 chance" in manager.get(desk(contest, "freeze")).content.decode()
    assert manager.get(desk(contest, "numbers")).url == desk(contest, "freeze")
    assert manager.post(desk(contest, "freeze")).url == desk(contest, "numbers")
    assert manager.get(desk(contest, "freeze")).url == desk(contest, "numbers")
    early = manager.post(desk(contest, "numbers"), {"line_0": "ab" * 32}, follow=True).content.decode()
    assert "The first of the numbers is drawn" in early
    assert "all 64 hex digits" in manager.post(desk(contest, "numbers"), {"line_0": "ab"}).content.decode()


def test_a_rehearsal_stores_nothing_and_ends_with_the_freeze(manager):
    contest = make_closed_contest_with_entries(5, prizes=2)
    logged = contest.audit_log.count()
    pages = [manager.get(desk(contest, "freeze"), {"rehearse": 1}).content.decode() for _ in range(12)]
    assert all("REHEARSAL" in page and "prize 2" in page and "prize 3" not in page for page in pages)
    # Random each time; that twelve rehearsals agree has a probability of one in 20 ** 11.
    assert len({re.search(r"prize 1: <code>(\w+)", page)[1] for page in pages}) > 1
    assert contest.audit_log.count() == logged and not Award.objects.exists()

    freezing.freeze(contest, now())
    with pytest.raises(freezing.NotAllowedNow, match="only the draw itself"):
        rehearsal.rehearse(Contest.objects.get(pk=contest.pk))


def test_a_rehearsal_without_entries_says_so(manager):
    assert (
        "Nobody is on the list."
        in manager.get(desk(make_closed_contest(), "freeze"), {"rehearse": 1}).content.decode()
    )


def test_the_figures_count_entries_and_answers(manager):
    easy, hard = make_question(text="Easy?"), make_question(text="Hard?")
    contest = make_closed_contest(question_set=make_quiz(questions=[easy, hard], published_at=None))
    for number in range(4):
        attempt = Attempt.objects.create(player=Player.objects.create(), quiz=contest.question_set)
        marks = {easy: Answer.Mark.RIGHT, hard: Answer.Mark.RIGHT if number == 0 else Answer.Mark.WRONG}
        for position, (question, mark) in enumerate(marks.items()):
            attempt.answers.create(question=question, position=position, mark=mark, answered_at=now())
        make_entry(
            contest,
            f"{number}@example.com",
            at=contest.closes_at - (number % 2 + 1) * DAY,
            attempt=attempt,
            newsletter=number == 3,
        )
    awarding.disqualify(contest.entries.get(email="3@example.com"), "bot", now(), "Mara")
    figures = entry_statistics(contest)

    assert (figures.confirmed, figures.unconfirmed, figures.disqualified, figures.newsletter) == (4, 0, 1, 1)
    assert [many for _, many in figures.days] == [2, 2] and figures.channels == [("On the site", 4)]
    assert figures.questions == [(hard.text, 3, 1), (easy.text, 3, 3)]
    page = manager.get(desk(contest, "figures")).content.decode()
    assert "1 (33 %)" in page and "3 (100 %)" in page and "@example.com" not in page


def test_the_numbers_are_typed_in_twice_at_the_desk(manager):
    contest = make_contest(opens_at=now() - 20 * DAY, closes_at=now() - 5 * DAY, sources=[("drand", now())])
    make_entry(contest, "ana@example.com", at=contest.closes_at - DAY)
    freezing.freeze(contest, now() - 2 * DAY)
    first = manager.post(desk(contest, "numbers"), {"line_0": "AB" * 32}, follow=True).content.decode()
    assert "second reading" in first and "ab" * 32 + "/" in first
    second = manager.post(desk(contest, "numbers"), {"line_0": "ab" * 32}, follow=True).content.decode()
    assert "Drawn. The winners are being mailed." in second and "There is no second draw" in second


def test_one_manager_cannot_draw_alone_if_there_is_a_second(manager):
    contest = make_contest(opens_at=now() - 20 * DAY, closes_at=now() - 5 * DAY, sources=[("drand", now())])
    freezing.freeze(contest, now() - 2 * DAY)
    other = make_staff("contest manager")
    for _ in range(3):
        manager.post(desk(contest, "numbers"), {"line_0": "ab" * 32})
    assert not hasattr(Contest.objects.get(pk=contest.pk).freeze, "outcome")
    manager.force_login(other)
    manager.post(desk(contest, "numbers"), {"line_0": "ab" * 32})

    assert Contest.objects.get(pk=contest.pk).freeze.outcome


def test_freezing_too_early_is_refused_at_the_desk(manager):
    contest = make_contest()
    assert "can be confirmed until" in manager.get(desk(contest, "freeze")).content.decode()
    assert "Late confirmations" in manager.post(desk(contest, "freeze"), follow=True).content.decode()


def test_the_steps_of_a_prize_are_recorded(manager):
    contest = make_drawn(3, prizes=1)
    award = contest.awards.get()

    def post(step):
        said = {"award": award.pk, "step": step, "tracking": "T 1"}
        return manager.post(desk(contest, "winners"), said, follow=True)

    def offered(page):
        return re.findall(r'<option value="(\w+)">', page.content.decode())

    assert "Not possible" in post("sent").content.decode()
    assert "Not possible" in post("arrived").content.decode()
    assert "Not possible" in post("claimed").content.decode(), "no letter can claim what was entered here"
    assert "Choose what has happened." in post("").content.decode()
    assert offered(manager.get(desk(contest, "winners"))) == ["declined"]
    claim_prize(placements(contest)[0])
    assert offered(manager.get(desk(contest, "winners"))) == ["sent", "declined"]
    assert offered(post("sent")) == ["arrived"]
    assert offered(post("arrived")) == []
    assert "Not possible" in post("declined").content.decode()
    award.refresh_from_db()
    assert award.tracking == "T 1" and award.arrived_at
    another = make_drawn(2, prizes=1)
    manager.post(desk(another, "winners"), {"award": another.awards.get().pk, "step": "declined"})
    assert Disqualification.objects.get().decided_by == "Mara Vance"


def test_the_prize_sheet_escapes_formulas_and_its_export_is_recorded(manager):
    contest = make_drawn(3, prizes=1)
    awarding.claim(
        placements(contest)[0].entry.award, CLAIM | {"full_name": "=HYPERLINK(1)", "street": "@home"}, now()
    )
    response = manager.post(desk(contest, "sheet"))
    rows = list(csv.reader(io.StringIO(response.content.decode())))

    assert rows[1][2:4] == ["'=HYPERLINK(1)", "'@home"] and rows[1][4] == "Tempe"
    assert "no-store" in response.headers["Cache-Control"]
    assert contest.audit_log.last().payload == {"what": "prize sheet", "rows": 1}
    assert manager.get(desk(contest, "sheet")).status_code == 405


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "  =1"])
def test_cells_that_a_spreadsheet_would_execute_are_quoted(text):
    assert plain_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Ana", "1 Main", "", 12, "a=b"])
def test_other_cells_are_not_quoted(text):
    assert plain_cell(text) == str(text)


def test_the_filing_list_has_winners_above_the_threshold(manager):
    law = Threshold.objects.create(name="Florida 849.094", above=10, list_within_days=60, needs_filing=True)
    law.regions.add(make_region())
    contest = make_drawn(3, prizes=2, value=30)
    for placement in placements(contest):
        claim_prize(placement)
    assert "Florida 849.094" in manager.get(desk(contest, "winners")).content.decode()
    rows = list(
        csv.reader(io.StringIO(manager.post(desk(contest, "filing"), {"law": law.pk}).content.decode()))
    )
    assert len(rows) == 3 and rows[1][-2] == "30.00"
    law.list_above = 30
    law.save()
    assert len(manager.post(desk(contest, "filing"), {"law": law.pk}).content.decode().splitlines()) == 1


def test_winnings_of_two_thousand_dollars_a_year_are_flagged(manager):
    Threshold.objects.create(
        name="US form 1099-MISC", above=2_000, measure="person", note="Ask for the form."
    )
    contest = make_drawn(2, prizes=1, value=2_000)
    assert "Ask for the form." in manager.get(desk(contest, "winners")).content.decode()
    cheap = make_drawn(2, prizes=1, value=1_999)
    assert "Ask for the form." not in manager.get(desk(cheap, "winners")).content.decode()


def test_every_step_at_the_desk_is_in_the_public_audit_log(manager):
    contest = make_drawn(2)
    manager.post(desk(contest, "sheet"))

    assert (
        "exported [Mara Vance]" in manager.get(f"/contest/{contest.slug}/proof/record.txt").content.decode()
    )
    assert AuditEvent.objects.filter(kind="exported").exists()


# The forms


def values(page):
    """The fields that a browser would post from the unchanged form of this page."""
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    data = {each.get("name"): (each.text or "").lstrip("\n") for each in tree.iter("textarea")}
    for each in tree.iter("input"):
        if each.get("type") not in ("submit", "checkbox") or each.get("checked") is not None:
            data[each.get("name")] = each.get("value") or ""
    for select in tree.iter("select"):
        chosen = [each.get("value") for each in select.iter("option") if each.get("selected") is not None]
        data[select.get("name")] = chosen
    return {name: value for name, value in data.items() if name and "__prefix__" not in name}


def test_saving_a_published_contest_keeps_its_rules(manager):
    contest = make_contest(opened=False, opens_at=now() + 2 * DAY, published_at=now() - DAY)
    address = f"/desk/contest/contest/{contest.pk}/change/"
    page = manager.get(address)
    answer = manager.post(address, values(page) | {"title": "A new title"}, follow=True)

    assert "Version 1 of the rules is on the site" in answer.content.decode(), answer.context["errors"]
    assert contest.audit_log.get().actor == "Mara Vance"


def test_after_the_opening_terms_are_read_only_and_a_notice_is_recorded(manager):
    contest = make_contest()
    address = f"/desk/contest/contest/{contest.pk}/change/"
    page = manager.get(address)
    assert "its terms and rules cannot be changed" in page.content.decode()
    assert not {"opens_at", "closes_at", "regions", "published_at"} & set(
        page.context["adminform"].form.fields
    )
    notice = {"amendments-TOTAL_FORMS": "1", "amendments-0-text": "The second disc is a Blu-ray."}
    manager.post(address, values(page) | notice)

    assert contest.amendments.get().text in str(contest.audit_log.get(kind="amended").payload)
    assert str(contest.amendments.get()).endswith("The second disc is a Blu-ray.")
    assert manager.post(f"/desk/contest/contest/{contest.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_exclusion_stores_only_the_pseudonym_of_an_address(manager):
    manager.post("/desk/contest/exclusion/add/", {"email": "Nora@Example.com", "reason": "works here"})
    page = manager.get("/desk/contest/exclusion/").content.decode()

    assert "works here" in page and "nora@example.com" not in page.lower()
    assert manager.post("/desk/contest/exclusion/add/", {"reason": "nobody"}).status_code == 200
