"""Moderation before the freeze: suspicious entries are flagged, never dropped."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from contest import awarding, drawing, eligibility, freezing, moderation
from contest.models import Disqualification, Entry, Exclusion
from fans.email_addresses import pseudonym
from tests.contest.helpers import (
    DAY,
    claim_prize,
    make_closed_contest,
    make_closed_contest_with_entries,
    now,
    placements,
)
from tests.factories import make_contest, make_drawn, make_entry
from tests.outbox import deliver


def suspicious(contest):
    return {entry.email: " ".join(said) for entry, said in moderation.suspicious_entries(contest).items()}


def test_a_burst_is_flagged_and_a_family_is_not(db):
    contest = make_closed_contest()
    at = contest.closes_at - DAY
    for number in range(4):
        make_entry(contest, f"a{number}@example.com", network_pseudonym="one", at=at)
    assert suspicious(contest) == {}
    make_entry(contest, "a4@example.com", network_pseudonym="one", at=at + timedelta(minutes=50))
    make_entry(contest, "b@example.com", network_pseudonym="one", at=at + timedelta(minutes=80))

    assert set(suspicious(contest)) == {f"a{number}@example.com" for number in range(5)}


@pytest.mark.parametrize("email", ["x@mailinator.com", "x@mail.mailinator.com"])
def test_disposable_domains_are_flagged(db, email):
    contest = make_closed_contest()
    make_entry(contest, email, at=contest.closes_at - DAY)
    make_entry(contest, "x@example.com", at=contest.closes_at - DAY)

    assert list(suspicious(contest)) == [email]


def test_look_alikes_are_flagged(db):
    contest = make_closed_contest()
    for email in (
        "a.na@gmail.com",
        "ana+dvd@googlemail.com",
        "bo.b@example.com",
        "bob@example.com",
        "c+1@e.org",
        "c@e.org",
    ):
        make_entry(contest, email, at=contest.closes_at - DAY)

    assert set(suspicious(contest)) == {"a.na@gmail.com", "ana+dvd@googlemail.com", "c+1@e.org", "c@e.org"}


def test_a_card_by_somebody_who_has_entered_is_flagged(db):
    contest = make_closed_contest()
    make_entry(contest, "ana@example.com", name="Ana Moss", at=contest.closes_at - DAY)
    make_entry(contest, "", name="ANA  moss", channel="card", at=contest.closes_at - DAY)

    assert "has entered too" in " ".join(suspicious(contest).values())


def test_excluded_people_and_domains_are_flagged(db):
    contest = make_closed_contest()
    Exclusion.objects.create(domain="sponsor.example", reason="works for the sponsor")
    Exclusion.objects.create(
        email_pseudonym=pseudonym("Nora@Example.com", "exclusion"), reason="works for us"
    )
    for email in ("x@mail.sponsor.example", "nora@example.com", "ana@example.com"):
        make_entry(contest, email, at=contest.closes_at - DAY)

    assert set(suspicious(contest)) == {"x@mail.sponsor.example", "nora@example.com"}
    assert {str(each) for each in Exclusion.objects.all()} == {"sponsor.example", "works for us"}


def test_earlier_winners_are_flagged(db):
    before = make_drawn(2)
    placement = awarding.placements(before)[0]
    awarding.claim(placement.entry.award, {"full_name": "A B", "street": "1", "town": "T"}, now())
    contest = make_closed_contest()
    make_entry(contest, placement.entry.email, at=contest.closes_at - DAY)

    assert before.draw_id in suspicious(contest)[placement.entry.email]


def test_a_flagged_entry_stays_and_a_reviewed_one_is_not_flagged_again(db):
    contest = make_closed_contest()
    entry = make_entry(contest, "x@mailinator.com", doubts="It was fast.", at=contest.closes_at - DAY)
    assert "It was fast." in suspicious(contest)["x@mailinator.com"]
    assert len(eligibility.weighted_tickets(contest)) == 1
    Entry.objects.filter(pk=entry.pk).update(reviewed_at=now())

    assert suspicious(contest) == {}


def test_an_entry_disqualified_before_the_freeze_is_not_listed(db):
    contest = make_closed_contest_with_entries(3)
    out = contest.entries.first()
    awarding.disqualify(out, "bot", now(), "Nora", "Theo", note="Two hundred of these.")
    awarding.disqualify(out, "duplicate", now())
    frozen = freezing.freeze(contest, now())

    assert out.ticket not in frozen.entries_text and frozen.ticket_count == 2
    event = contest.audit_log.get(kind="disqualified")
    assert (event.actor, event.payload) == ("Nora and Theo", {"ticket": out.ticket, "reason": "bot"})
    assert drawing.disqualified_text(contest) == ""
    assert str(Disqualification.objects.get()) == f"{out.ticket[:8]}: Sent by a program"


@pytest.mark.parametrize(("days", "in_the_draw"), [(0, 2), (60, 1)])
def test_recent_winners_are_not_listed_if_the_rules_say_so(db, days, in_the_draw):
    winner = placements(make_drawn(emails=["won@example.com"]))[0]
    claim_prize(winner)
    contest = make_closed_contest_with_entries(1, rest_days=days)
    again = make_entry(contest, winner.entry.email, at=contest.closes_at - DAY)

    freezing.freeze(contest, now())
    again.refresh_from_db()
    assert (contest.freeze.ticket_count, again.weight) == (in_the_draw, 1 if in_the_draw == 2 else None)
    mail = [each for each in deliver() if each.to == [again.email] and "sealed" in each.subject][-1]
    assert ("in the 60 days before it opened" in " ".join(mail.body.split())) == (in_the_draw == 1)


def test_winners_of_long_ago_are_listed(db):
    winner = placements(make_drawn(emails=["won@example.com"]))[0]
    claim_prize(winner)
    contest = make_contest(opens_at=now() + 9 * DAY, closes_at=now() + 20 * DAY, rest_days=8)
    make_entry(contest, winner.entry.email, at=now() + 10 * DAY)

    assert len(eligibility.weighted_tickets(contest)) == 1


def test_a_disqualification_can_be_taken_back_before_the_freeze(db):
    contest = make_closed_contest_with_entries(2)
    out = contest.entries.first()
    awarding.disqualify(out, "bot", now(), "Nora")
    awarding.reinstate(Disqualification.objects.get(entry=out), "Theo", now())

    assert len(eligibility.weighted_tickets(contest)) == 2
    assert [event.kind for event in contest.audit_log.in_order()][-2:] == ["disqualified", "reinstated"]


def test_the_database_refuses_one_name_for_both_deciders(db):
    contest = make_closed_contest_with_entries(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        awarding.disqualify(contest.entries.get(), "bot", now(), "Nora", "Nora")
