"""Awards: offers, reminders, claims, expiry, shipping."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contest import awarding, drawing, freezing, opening, skill_test, verify
from contest.models import Award, Contest, Disqualification, Prize
from contest.triggers import without_triggers
from contest.winners_list import listed_name
from fans.models import Mail
from films.models import Release
from tests.contest.helpers import CLAIM, DAY, claim_prize, now, placements
from tests.factories import (
    make_contest,
    make_drawn,
    make_entry,
    make_film,
    make_region,
    make_staff,
)
from tests.outbox import deliver


def subjects(to):
    return [each.subject for each in deliver() if each.to == [to]]


def test_winners_are_mailed_at_once(db):
    contest = make_drawn(5, prizes=2)
    first, second = placements(contest)

    assert contest.awards.count() == 2
    won = [each for each in deliver() if each.subject == "You have won"]
    assert {each.to[0] for each in won} == {first.entry.email, second.entry.email}
    assert "we never ask for a payment" in won[0].body and "/receipts/" in won[0].body
    assert [event.payload["place"] for event in contest.audit_log.filter(kind="offered")] == [1, 2]
    assert str(first.entry.award) == f"{contest.draw_id}, {first.entry.ticket[:8]}"


@pytest.mark.parametrize("days", [3, 10])
def test_reminders_are_sent_at_half_time_and_two_days_before_the_end(db, days):
    contest = make_drawn(1, claim_days=days)
    award = contest.awards.get()
    sent = []
    for hour in range(days * 24):
        at = award.offered_at + timedelta(hours=hour)
        awarding.send_due_reminders(at)
        sent.append(Mail.objects.filter(kind="contest/mail/reminder").count())

    assert sent.index(1) == days * 12
    assert sent.index(2) == max(days * 18, days * 24 - 48)
    assert sent[-1] == 2


def test_winners_who_have_claimed_are_not_reminded(db):
    contest = make_drawn(1)
    claim_prize(placements(contest)[0])
    awarding.send_due_reminders(now() + 9 * DAY)

    assert not Mail.objects.filter(kind="contest/mail/reminder").exists()


def test_an_overdue_prize_goes_to_the_next_in_the_same_order(db):
    contest = make_drawn(5, prizes=2)
    first, second = placements(contest)
    claim_prize(second)
    third = contest.entries.get(rank=3)
    at = first.entry.award.claim_by
    awarding.expire_overdue_awards(at - timedelta(seconds=1))
    assert not Disqualification.objects.exists()
    awarding.expire_overdue_awards(at)
    awarding.expire_overdue_awards(at)

    assert [placement.entry.pk for placement in placements(contest)] == [second.entry.pk, third.pk]
    assert Disqualification.objects.get().reason == "no-answer"
    assert Award.objects.get(entry=third).claim_by == at + 10 * DAY
    assert contest.audit_log.filter(kind="disqualified").get().payload["reason"] == "no-answer"
    fields, entries = verify.read_files(contest.freeze.manifest_text, contest.freeze.entries_text)
    lines = list(
        verify.verified(
            contest.freeze.manifest_text, contest.freeze.entries_text, contest.freeze.outcome.beacon_text,
            f"{first.entry.ticket} no-answer\n",
        )
    )  # fmt: skip
    assert [line.split()[-2] for line in lines if line.startswith("prize")] == [
        second.entry.ticket,
        third.ticket,
    ]
    assert fields["prizes"] == 2 and len(entries) == 5


def two_different_prizes(many=5):
    """A drawn contest with a box for the first place and a plain disc for the second."""
    closes = now() - 5 * DAY
    contest = make_contest(
        opened=False, opens_at=closes - 9 * DAY, closes_at=closes, sources=[("drand", now())]
    )
    box = Release.objects.create(film=make_film(), format="uhd", edition="Box")
    Prize.objects.filter(contest=contest).update(order=1)
    Prize.objects.create(contest=contest, release=box, value=90, order=0)
    contest = Contest.objects.with_terms().get(pk=contest.pk)
    opening.record_opening(contest, contest.opens_at)
    for number in range(many):
        make_entry(contest, f"fan{number}@example.com", at=closes - DAY)
    freezing.freeze(contest, now() - 2 * DAY)
    user = make_staff()
    for _ in range(2):
        drawing.record_reading(contest, ["cd" * 32], user, now(), second_reader=False)
    return Contest.objects.with_terms().get(pk=contest.pk)


def test_an_entry_that_moves_up_gets_the_better_prize_and_a_mail(db):
    contest = two_different_prizes()
    first, second = placements(contest)
    assert "Box" in str(first.prize)
    claim_prize(second)
    awarding.disqualify(first.entry, "declined", now())

    moved = placements(contest)[0]
    assert moved.entry == second.entry and "Box" in str(moved.prize)
    assert "You have moved up" in subjects(second.entry.email)


def test_a_prize_is_sent_only_when_all_before_it_are_claimed(db):
    contest = two_different_prizes()
    first, second = placements(contest)
    claim_prize(second)
    assert awarding.settled_placements(contest) == []
    assert not awarding.record_sent(second.entry.award, now(), "Nora")
    claim_prize(first)
    contest = Contest.objects.with_terms().get(pk=contest.pk)

    assert [placement.place for placement in awarding.settled_placements(contest)] == [1, 2]
    assert awarding.record_sent(second.entry.award, now(), "Nora", "TRACK 1")
    assert not awarding.record_sent(second.entry.award, now(), "Nora")
    sent = Award.objects.get(entry=second.entry)
    assert sent.sent_prize == second.prize and "on its way" in " ".join(subjects(second.entry.email))
    assert contest.audit_log.filter(kind="sent").get().actor == "Nora"


def test_offers_are_limited_to_the_alternates_in_the_rules(db):
    contest = make_drawn(9, prizes=1, alternates=2)
    for _ in range(5):
        placement = placements(contest)[0]
        awarding.disqualify(placement.entry, "declined", now())

    assert contest.awards.count() == 3


def test_without_alternates_a_prize_is_not_awarded(db):
    contest = make_drawn(1, prizes=1)
    awarding.disqualify(placements(contest)[0].entry, "declined", now())

    assert placements(contest) == []


# Receipt and claim


@pytest.fixture
def won(client, db):
    contest = make_drawn(4, prizes=1, minimum_age=18)
    placement = placements(contest)[0]
    return contest, placement, placement.entry.receipt_url


def test_a_receipt_is_found_by_its_code(client, won):
    contest, placement, receipt = won
    code = placement.entry.formatted_code.lower().replace("0", "o").replace("1", "l")

    assert client.post("/contest/did-i-win/", {"code": code}).url == receipt
    assert "You have won!" in client.get(receipt).content.decode()
    loser = contest.entries.get(rank=4)
    assert "Not drawn" in client.get(loser.receipt_url).content.decode()
    unknown = client.post("/contest/did-i-win/", {"code": "0000 0000 0000"})
    assert unknown.status_code == 422 and "No receipt has this code" in unknown.content.decode()
    assert client.post("/contest/did-i-win/", {"code": ""}).status_code == 422
    assert client.get("/contest/receipts/000000000000/").status_code == 404


def test_lookups_of_codes_are_limited(client, won):
    for _ in range(60):
        client.post("/contest/did-i-win/", {"code": "0000 0000 0000"})

    assert client.post("/contest/did-i-win/", {"code": won[1].entry.code}).status_code == 429


def test_a_receipt_is_neither_cached_nor_indexed(client, won):
    response = client.get(won[2])

    assert "no-store" in response.headers["Cache-Control"] and "noindex" in response.content.decode()


def test_a_prize_is_claimed_with_name_and_address(client, won):
    contest, placement, receipt = won
    page = client.get(f"{receipt}claim/").content.decode()
    assert placement.entry.name in page and "Where shall it go?" in page
    missing = client.post(f"{receipt}claim/", CLAIM | {"street": ""})
    assert missing.status_code == 422 and "Not claimed yet" in missing.content.decode()
    assert client.post(f"{receipt}claim/", CLAIM | {"listed": "on"}).url == receipt
    award = Award.objects.get()
    assert (award.street, award.listed_as) == ("1 Main St", "Ana M., Tempe")
    assert "Claimed" in client.get(receipt).content.decode()
    assert client.get(f"{receipt}claim/").url == receipt
    listed = client.get(f"/contest/{contest.slug}/").content.decode()
    assert "Ana M., Tempe" in listed and "Moss" not in listed and "Main St" not in listed


def test_without_consent_the_winners_list_has_no_name(client, won):
    contest, placement, receipt = won
    client.post(f"{receipt}claim/", CLAIM)

    assert "A reader in Arizona" in client.get(f"/contest/{contest.slug}/").content.decode()
    assert listed_name("Cher", "Malibu") == "Cher, Malibu"


def test_a_late_claim_is_refused(client, won):
    contest, placement, receipt = won
    with without_triggers():
        Award.objects.update(offered_at=now() - 11 * DAY, claim_by=now() - DAY)

    assert client.get(f"{receipt}claim/").url == receipt
    assert "Your ticket is out" in client.get(receipt).content.decode()
    assert Disqualification.objects.get().reason == "no-answer"
    assert not awarding.claim(placement.entry.award, {"full_name": "A"}, now())


def test_a_claim_at_the_second_of_the_deadline_is_late(won):
    award = won[1].entry.award
    assert not awarding.claim(award, {"full_name": "A"}, award.claim_by)
    assert awarding.claim(award, {"full_name": "A"}, award.claim_by - timedelta(seconds=1))


def test_a_claim_that_expires_while_it_is_sent_is_refused(client, won, monkeypatch):
    receipt = won[2]
    monkeypatch.setattr("contest.views.receipts.awarding.claim", lambda *args: False)

    assert "time to claim this prize is over" in client.post(f"{receipt}claim/", CLAIM).content.decode()


def test_declining_needs_a_second_press(client, won):
    contest, placement, receipt = won
    client.post(receipt, {"decline": "1"})
    assert not Disqualification.objects.exists()
    client.post(receipt, {"decline": "1", "sure": "1"})

    assert Disqualification.objects.get().reason == "declined"
    assert "Your ticket is out" in client.get(receipt).content.decode()
    assert placements(contest)[0].entry.rank == 2


def test_a_winner_reports_the_arrival(client, won):
    contest, placement, receipt = won
    client.post(f"{receipt}claim/", CLAIM)
    awarding.record_sent(Award.objects.get(), now(), "Nora", "TRACK 1")
    assert "TRACK 1" in client.get(receipt).content.decode()
    client.post(receipt, {"arrived": "1"})

    assert Award.objects.get().arrived_at and "Enjoy it" in client.get(receipt).content.decode()
    client.post(receipt, {"decline": "1", "sure": "1"})
    assert not Disqualification.objects.exists()


def test_an_entry_without_an_award_can_neither_decline_nor_claim(client, won):
    loser = won[0].entries.get(rank=4)

    assert client.post(loser.receipt_url, {"decline": "1", "sure": "1"}).status_code == 200
    assert client.get(f"{loser.receipt_url}claim/").url == loser.receipt_url


# The skill test


def test_in_canada_a_sum_must_be_solved_first(client, db):
    ontario = make_region("CA-ON", "Ontario", "Canada", skill_test=True)
    contest = make_drawn(1, regions=[ontario])
    receipt = placements(contest)[0].entry.receipt_url
    page = client.get(f"{receipt}claim/").content.decode()
    award = Award.objects.get()
    assert "Without help, and by hand" in page and award.skill_sum

    wrong = client.post(f"{receipt}claim/", CLAIM | {"skill_answer": skill_test.solve(award.skill_sum) + 1})
    assert "Here is another one" in wrong.content.decode() and "1 Main St" in wrong.content.decode()
    again = Award.objects.get()
    assert again.skill_failures == 1 and again.claimed_at is None
    assert (
        client.post(f"{receipt}claim/", CLAIM | {"skill_answer": skill_test.solve(again.skill_sum)}).url
        == receipt
    )


def test_sums_are_limited_to_five_tries(client, db):
    contest = make_drawn(1, regions=[make_region("CA-ON", "Ontario", "Canada", skill_test=True)])
    receipt = placements(contest)[0].entry.receipt_url
    client.get(f"{receipt}claim/")
    for _ in range(5):
        client.post(f"{receipt}claim/", CLAIM | {"skill_answer": 10_000})

    right = skill_test.solve(Award.objects.get().skill_sum)
    assert "five sums" in client.post(f"{receipt}claim/", CLAIM | {"skill_answer": right}).content.decode()


def test_sums_have_four_steps_and_whole_answers():
    for _ in range(300):
        text = skill_test.new_sum()
        assert all(sign in text for sign in "×+÷−")
        by_python = eval(text.replace("×", "*").replace("÷", "/").replace("−", "-"))  # noqa: S307 - our own sums
        assert by_python == skill_test.solve(text) >= 0


@pytest.mark.parametrize(
    "change",
    [
        {"sent_at": timezone.now()}, {"arrived_at": timezone.now()}, {"claim_by": timezone.now() - 900 * DAY},
    ],
)  # fmt: skip
def test_the_database_refuses_steps_of_an_award_out_of_order(db, change):
    make_drawn(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.update(**change)


def make_award_without_a_prize(contest):
    """An award offered to the entry behind the last prize, as only a mistake could make it."""
    entry = contest.entries.get(rank=len(contest.prizes_in_order) + 1)
    with without_triggers():
        return Award.objects.create(
            contest=contest, entry=entry, offered_at=now() - 8 * DAY, claim_by=now() + 2 * DAY
        )


def test_an_award_without_a_placement_is_not_claimed_and_no_mail_is_sent(db):
    award = make_award_without_a_prize(make_drawn(2, prizes=1))

    assert awarding.placement_of(award) is None
    assert not awarding.claim(award, {"full_name": "A B", "street": "1", "town": "T"}, now())
    award.refresh_from_db()
    assert award.claimed_at is None and award.full_name == ""
    assert not award.contest.audit_log.filter(kind="claimed").exists()
    assert not Mail.objects.filter(kind="contest/mail/claimed").exists()


def test_no_reminder_is_sent_for_an_award_without_a_placement(db):
    award = make_award_without_a_prize(make_drawn(2, prizes=1))
    awarding.send_due_reminders(now())

    award.refresh_from_db()
    assert award.reminders == 0
    assert not Mail.objects.filter(kind="contest/mail/reminder").exists()
