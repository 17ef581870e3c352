"""The look at entries before the freeze: flagged, never dropped."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from contest import awarding, drawing, freezing, review
from contest.models import Disqualification, Entry, Exclusion
from fans.email_addresses import pseudonym
from tests.contest.scenes import DAY, claim, closed, full, now, turns
from tests.factories import make_contest, make_drawn, make_entry
from tests.outbox import deliver


def doubted(contest):
    return {entry.email: " ".join(said) for entry, said in review.oddities(contest).items()}


def test_a_burst_is_flagged_and_a_family_is_not(db):
    contest = closed()
    at = contest.closes_at - DAY
    for number in range(4):
        make_entry(contest, f"a{number}@example.com", network="one", at=at)
    assert doubted(contest) == {}
    make_entry(contest, "a4@example.com", network="one", at=at + timedelta(minutes=50))
    make_entry(contest, "b@example.com", network="one", at=at + timedelta(minutes=80))

    assert set(doubted(contest)) == {f"a{number}@example.com" for number in range(5)}


@pytest.mark.parametrize("email", ["x@mailinator.com", "x@mail.mailinator.com"])
def test_disposable_domains_are_flagged(db, email):
    contest = closed()
    make_entry(contest, email, at=contest.closes_at - DAY)
    make_entry(contest, "x@example.com", at=contest.closes_at - DAY)

    assert list(doubted(contest)) == [email]


def test_look_alikes_are_flagged(db):
    contest = closed()
    for email in (
        "a.na@gmail.com",
        "ana+dvd@googlemail.com",
        "bo.b@example.com",
        "bob@example.com",
        "c+1@e.org",
        "c@e.org",
    ):
        make_entry(contest, email, at=contest.closes_at - DAY)

    assert set(doubted(contest)) == {"a.na@gmail.com", "ana+dvd@googlemail.com", "c+1@e.org", "c@e.org"}


def test_a_card_of_somebody_who_has_entered_is_flagged(db):
    contest = closed()
    make_entry(contest, "ana@example.com", name="Ana Moss", at=contest.closes_at - DAY)
    make_entry(contest, "", name="ANA  moss", way="card", at=contest.closes_at - DAY)

    assert "has entered too" in " ".join(doubted(contest).values())


def test_who_may_not_take_part_is_flagged(db):
    contest = closed()
    Exclusion.objects.create(domain="sponsor.example", why="works for the sponsor")
    Exclusion.objects.create(sealed=pseudonym("Nora@Example.com", "exclusion"), why="works for us")
    for email in ("x@mail.sponsor.example", "nora@example.com", "ana@example.com"):
        make_entry(contest, email, at=contest.closes_at - DAY)

    assert set(doubted(contest)) == {"x@mail.sponsor.example", "nora@example.com"}
    assert {str(each) for each in Exclusion.objects.all()} == {"sponsor.example", "works for us"}


def test_who_won_before_is_flagged(db):
    before = make_drawn(2)
    turn = awarding.turns(before)[0]
    awarding.claim(turn.entry.award, {"full_name": "A B", "street": "1", "town": "T"}, now())
    contest = closed()
    make_entry(contest, turn.entry.email, at=contest.closes_at - DAY)

    assert before.draw in doubted(contest)[turn.entry.email]


def test_nothing_is_dropped_for_looking_odd_and_fine_is_fine(db):
    contest = closed()
    entry = make_entry(contest, "x@mailinator.com", doubts="It was fast.", at=contest.closes_at - DAY)
    assert "It was fast." in doubted(contest)["x@mailinator.com"]
    assert len(freezing.weights(contest)) == 1
    Entry.objects.filter(pk=entry.pk).update(looked_at=now())

    assert doubted(contest) == {}


def test_disqualified_before_the_freeze_it_is_left_off_the_list(db):
    contest = full(3)
    out = contest.entries.first()
    awarding.disqualify(out, "bot", now(), "Nora", "Theo", note="Two hundred of these.")
    awarding.disqualify(out, "duplicate", now())
    frozen = freezing.freeze(contest, now())

    assert out.ticket not in frozen.entries and frozen.many == 2
    act = contest.acts.get(kind="disqualified")
    assert (act.by, act.details) == ("Nora and Theo", {"ticket": out.ticket, "reason": "bot"})
    assert drawing.disqualified_text(contest) == ""
    assert str(Disqualification.objects.get()) == f"{out.ticket[:8]}: Sent by a program"


@pytest.mark.parametrize(("days", "in_the_draw"), [(0, 2), (60, 1)])
def test_earlier_winners_rest_where_the_rules_say_so(db, days, in_the_draw):
    winner = turns(make_drawn(emails=["won@example.com"]))[0]
    claim(winner)
    contest = full(1, rest_days=days)
    again = make_entry(contest, winner.entry.email, at=contest.closes_at - DAY)

    freezing.freeze(contest, now())
    again.refresh_from_db()
    assert (contest.freeze.many, again.weight) == (in_the_draw, 1 if in_the_draw == 2 else None)
    told = [each for each in deliver() if each.to == [again.email] and "sealed" in each.subject][-1]
    assert ("in the 60 days before it opened" in " ".join(told.body.split())) == (in_the_draw == 1)


def test_who_won_long_before_rests_no_longer(db):
    winner = turns(make_drawn(emails=["won@example.com"]))[0]
    claim(winner)
    contest = make_contest(opens_at=now() + 9 * DAY, closes_at=now() + 20 * DAY, rest_days=8)
    make_entry(contest, winner.entry.email, at=now() + 10 * DAY)

    assert len(freezing.weights(contest)) == 1


def test_a_disqualification_can_be_taken_back_before_the_freeze(db):
    contest = full(2)
    out = contest.entries.first()
    awarding.disqualify(out, "bot", now(), "Nora")
    awarding.reinstate(Disqualification.objects.get(entry=out), "Theo", now())

    assert len(freezing.weights(contest)) == 2
    assert [act.kind for act in contest.acts.in_order()][-2:] == ["disqualified", "reinstated"]


def test_two_names_are_two_people(db):
    contest = full(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        awarding.disqualify(contest.entries.get(), "bot", now(), "Nora", "Nora")
