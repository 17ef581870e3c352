"""Personal data is erased on the printed day, and the draw still verifies."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contest import awarding, freezing, retention, verify
from contest.models import Award, Disqualification, Entry
from fans.models import Fan, Mail
from fans.personal_data import erase_all, export_all
from tests.contest.helpers import DAY, claim_prize, now, placements
from tests.factories import (
    make_contest,
    make_drawn,
    make_entry,
    make_question,
    make_quiz,
)
from trivia.models import Attempt, Player


@pytest.fixture
def over(db):
    """A drawn contest whose winner has claimed, one entry of which answered questions."""
    quiz = make_quiz(questions=[make_question()], published_at=None)
    contest = make_drawn(4, question_set=quiz)
    claim_prize(placements(contest)[0])
    return contest


def at(day):
    return timezone.datetime.combine(
        day, timezone.datetime.min.time(), tzinfo=timezone.get_current_timezone()
    )


def test_entries_are_erased_on_the_printed_day(over, client):
    loser = over.entries.get(rank=3)
    retention.purge_due_entries(at(over.entries_deleted_on) - timedelta(seconds=1))
    assert over.entries.not_erased().count() == 4
    retention.purge_due_entries(at(over.entries_deleted_on))
    retention.purge_due_entries(at(over.entries_deleted_on))

    assert over.entries.not_erased().get().rank == 1
    gone = Entry.objects.get(pk=loser.pk)
    assert (gone.name, gone.email, gone.identity, gone.salt, gone.code, gone.region) == (
        "",
        "",
        "",
        "",
        "",
        None,
    )
    assert (gone.ticket, gone.rank) == (loser.ticket, 3)
    assert over.audit_log.get(kind="deleted").payload == {"what": "entries", "entries": 3}
    assert client.get(loser.receipt_url).status_code == 404
    assert export_all(loser.email).keys() <= {"address", "mail"}
    assert not Mail.objects.filter(to=loser.email).exists()


def test_entries_are_erased_on_the_day_even_without_a_worker(over, client, monkeypatch):
    """A receipt that is requested after the printed day erases the data first."""
    loser = over.entries.get(rank=3)
    later = at(over.entries_deleted_on) + timedelta(hours=1)
    monkeypatch.setattr("contest.views.receipts.timezone.now", lambda: later)

    assert client.get(loser.receipt_url).status_code == 404
    assert not over.entries.not_erased().filter(rank=3).exists()
    monkeypatch.undo()
    again = make_drawn(2, emails=["ana@example.com", "bob@example.com"])
    monkeypatch.setattr("contest.personal_data.timezone.now", lambda: at(again.entries_deleted_on))
    assert "contest entries" not in export_all("ana@example.com")


def test_winners_are_erased_on_their_own_day(over):
    retention.purge_due_entries(at(over.winners_deleted_on))
    award = Award.objects.get()

    assert not over.entries.not_erased().exists()
    assert (award.full_name, award.street, award.town) == ("", "", "") and award.erased_at


def test_an_erased_contest_still_verifies(over, client):
    retention.purge_due_entries(at(over.winners_deleted_on))
    files = {
        name: client.get(f"/contest/{over.slug}/proof/{name}.txt").content.decode()
        for name in ("manifest", "entries", "beacon", "disqualified")
    }
    lines = list(verify.verified(*files.values()))

    assert [line.split()[-2] for line in lines[3:]] == list(
        over.entries.in_ranking_order().values_list("ticket", flat=True)
    )
    page = client.get(f"/contest/{over.slug}/proof/").content.decode()
    assert client.get(f"/contest/{over.slug}/").status_code == 200 and over.entries.get(rank=1).ticket in page


def test_mail_of_another_contest_is_kept(over):
    make_entry(make_contest(), "fan0@example.com", confirmed=False)
    retention.purge_due_entries(at(over.winners_deleted_on))

    assert Mail.objects.get(to="fan0@example.com").kind == "contest/mail/confirm"


def test_unconfirmed_entries_are_deleted_after_two_weeks(db):
    contest = make_contest()
    make_entry(contest, "old@example.com", confirmed=False, at=now() - timedelta(hours=30))
    make_entry(contest, "new@example.com", confirmed=False)
    make_entry(contest, "in@example.com", at=now() - timedelta(hours=30))
    retention.purge_unconfirmed(now() - DAY)

    assert set(contest.entries.values_list("email", flat=True)) == {"new@example.com", "in@example.com"}


def test_before_the_freeze_erasing_deletes_the_entry(db):
    quiz = make_quiz(questions=[make_question()], published_at=None)
    contest = make_contest(question_set=quiz)
    make_entry(contest, "ana@example.com", answers={str(quiz.questions[0].pk): ""})
    awarding.disqualify(contest.entries.get(), "bot", now())
    assert set(export_all("ana@example.com")) == {"address", "contest entries", "mail"}
    assert erase_all("Ana@example.com", now()) == []

    assert not Entry.objects.exists() and not Player.objects.exists() and not Attempt.objects.exists()
    assert export_all("ana@example.com") == {} and not Fan.objects.exists()
    assert make_entry(contest, "ana@example.com").is_confirmed


def test_after_the_freeze_erasing_disqualifies_the_ticket(db):
    contest = make_drawn(3)
    first = placements(contest)[0].entry
    assert "prizes" in export_all(first.email)
    assert erase_all(first.email, now()) == []

    erased = Entry.objects.get(pk=first.pk)
    assert (erased.email, erased.ticket, erased.disqualification.reason) == ("", first.ticket, "withdrawn")
    assert placements(contest)[0].entry.rank == 2
    assert export_all(first.email) == {}


def test_erasing_an_unlisted_entry_after_the_freeze_disqualifies_nothing(db):
    contest = make_contest(
        opens_at=now() - 20 * DAY, closes_at=now() - 3 * DAY, sources=[("drand", now() + DAY)]
    )
    entry = make_entry(contest, "ana@example.com", at=contest.closes_at - DAY)
    awarding.disqualify(entry, "bot", now())
    freezing.freeze(contest, now())
    erase_all("ana@example.com", now())

    assert Entry.objects.get().email == "" and Disqualification.objects.get().reason == "bot"


def test_a_winner_s_claim_is_kept_until_the_printed_day(over):
    winner = over.entries.get(rank=1)
    kept = erase_all(winner.email, now())

    assert str(over.winners_deleted_on) in kept[0] and "You won a prize" in kept[0]
    assert Entry.objects.get(pk=winner.pk).email == winner.email


def test_the_database_refuses_personal_data_in_an_erased_row(over):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(rank=2).update(erased_at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.update(erased_at=now())
