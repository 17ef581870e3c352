"""Freeze, readings of the beacon, draw and proof."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from contest import awarding, daily_counts, drawing, eligibility, freezing, verify
from contest.beacons import GAMES, drand_round
from contest.models import AuditEvent, Contest, Entry, Freeze, Outcome, Reading, Threshold
from fans.models import Mail
from tests.contest.helpers import DAY, HOUR, make_closed_contest, make_closed_contest_with_entries, now
from tests.factories import make_contest, make_drawn, make_entry, make_question, make_quiz, make_staff
from tests.outbox import deliver

RANDOM = ["ab" * 32]


# The freeze


def test_the_frozen_list_passes_the_published_script(db, tmp_path):
    contest = make_closed_contest_with_entries(prizes=2)
    frozen = freezing.freeze(contest, now(), "Nora")
    fields, entries = verify.read_files(frozen.manifest_text, frozen.entries_text)

    assert [ticket for ticket, _ in entries] == sorted(contest.entries.values_list("ticket", flat=True))
    assert (fields["draw"], fields["entries"], fields["weight"], fields["prizes"]) == (
        contest.draw_id,
        5,
        5,
        2,
    )
    assert fields["rules-sha256"] == contest.current_rules.sha256
    assert fields["beacon"] == contest.beacon_lines() == frozen.beacon_lines
    assert contest.audit_log.last().payload["manifest"] == frozen.sha256
    assert str(frozen).startswith(contest.draw_id) and frozen.ticket_count == 5


def test_list_audit_event_and_mails_are_stored_together(db):
    """List, audit event and mails are stored in one transaction."""
    contest = make_closed_contest_with_entries()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Mail.objects.__class__, "enqueue_for_rows", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            freezing.freeze(contest, now())

    assert not Freeze.objects.exists() and not contest.audit_log.filter(kind="frozen").exists()
    assert not Entry.objects.filter(weight__isnull=False).exists()


def test_every_entrant_is_mailed_the_fingerprint(db):
    contest = make_closed_contest_with_entries(3)
    frozen = freezing.freeze(contest, now())
    mails = [each for each in deliver() if "sealed" in each.subject]

    assert {each.to[0] for each in mails} == {f"fan{n}@example.com" for n in range(3)}
    for each in mails:
        assert (
            frozen.sha256 in each.body
            and "drand quicknet round" in each.body
            and "with 1 chance" in each.body
        )


def test_a_freeze_before_the_end_of_confirmations_is_refused(db):
    contest = make_contest(
        closes_at=now() - 23 * HOUR, opens_at=now() - 9 * DAY, sources=[("drand", now() + DAY)]
    )

    with pytest.raises(freezing.NotAllowedNow, match="Late confirmations"):
        freezing.freeze(contest, now())


def test_a_freeze_records_a_missing_opening_first(db):
    contest = make_closed_contest(opened=False)
    freezing.freeze(contest, now())

    assert [event.kind for event in contest.audit_log.in_order()] == ["published", "opened", "frozen"]


def test_a_second_freeze_is_refused(db):
    contest = make_closed_contest_with_entries()
    freezing.freeze(contest, now())

    with pytest.raises(freezing.NotAllowedNow, match="frozen already"):
        freezing.freeze(contest, now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Freeze.objects.create(
            contest=contest, frozen_at=now(), numbers_at=now(), manifest_text="", entries_text=""
        )


def test_unconfirmed_entries_are_not_listed_and_are_deleted(db):
    contest = make_closed_contest_with_entries(2)
    make_entry(contest, "late@example.com", confirmed=False, at=contest.closes_at - HOUR)
    freezing.freeze(contest, now())

    assert contest.entries.count() == 2 and Freeze.objects.get().ticket_count == 2
    assert not contest.entries.exclude(network_pseudonym="").exists()


def test_after_the_freeze_no_entry_is_confirmed_or_deleted(db):
    contest = make_closed_contest_with_entries(2)
    freezing.freeze(contest, now())
    entry = contest.entries.first()
    with pytest.raises(IntegrityError, match="erased, not deleted"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")
    late = Entry.objects.create(contest=contest, form_token="late", rules=entry.rules)
    with pytest.raises(IntegrityError, match="nobody can come into it"), transaction.atomic():
        Entry.objects.filter(pk=late.pk).update(confirmed_at=now(), ticket="f" * 64)
    for change in ({"ticket": "f" * 64}, {"weight": 9}):
        with pytest.raises(IntegrityError, match="set once"), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**change)


def test_the_frozen_list_cannot_be_changed(db):
    freezing.freeze(make_closed_contest_with_entries(), now())
    for change in ({"entries_text": ""}, {"manifest_text": ""}, {"frozen_at": now()}):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            Freeze.objects.update(**change)


def test_a_freeze_an_hour_before_the_beacon_keeps_the_announced_beacon(db):
    contest = make_closed_contest_with_entries()
    at = contest.numbers_at
    assert freezing.plan_numbers(contest, at - HOUR).weeks == 0
    assert freezing.plan_numbers(contest, at - HOUR + timedelta(seconds=1)).weeks == 1
    assert freezing.plan_numbers(contest, at + 15 * DAY).weeks == 3


def test_a_late_freeze_uses_the_beacon_of_a_week_later_and_records_it(db):
    contest = make_closed_contest_with_entries()
    frozen = freezing.freeze(contest, contest.numbers_at + HOUR)

    assert frozen.numbers_at == contest.numbers_at + 7 * DAY
    assert frozen.beacon_lines == [("hex", f"drand quicknet round {drand_round(frozen.numbers_at)}")]
    assert contest.audit_log.get(kind="moved").payload["weeks"] == 1


def test_a_moved_lottery_keeps_its_local_hour_over_a_clock_change(db):
    last = datetime(2026, 10, 29, 2, 59, tzinfo=UTC)  # Wednesday evening in New York, in summer time
    contest = make_closed_contest(sources=[("powerball", last)])
    planned = freezing.plan_numbers(contest, last)

    assert planned.first_at.isoformat() == "2026-11-04T22:59:00-05:00"
    assert planned.beacon_lines[0][1] == "Powerball 2026-11-04 white balls"


def test_the_worker_freezes_in_time_if_staff_do_not(db):
    contest = make_closed_contest_with_entries()
    freezing.freeze_due_contests(contest.numbers_at - 4 * HOUR)
    assert not Freeze.objects.exists()
    freezing.freeze_due_contests(contest.numbers_at - 3 * HOUR)
    freezing.freeze_due_contests(contest.numbers_at - 3 * HOUR)

    assert Freeze.objects.get().numbers_at == contest.numbers_at


def test_a_freeze_with_too_little_entropy_is_refused(db):
    contest = make_closed_contest(sources=[("uklotto", now() + 9 * DAY)])
    freezing._check_entropy(contest, 32)
    with pytest.raises(freezing.NotAllowedNow, match="25 bits of chance, and 64 chances want 26"):
        freezing._check_entropy(contest, 64)


# Eligibility


@pytest.fixture
def scored(db):
    """Five entries with 3, 3, 2, 1 and 0 right answers of three."""

    def scored(counts, **fields):
        quiz = make_quiz(questions=[make_question(text=f"{n}?") for n in range(3)], published_at=None)
        contest = make_closed_contest(eligibility=counts, question_set=quiz, **fields)
        right = {question.pk: question.options.get(is_right=True).pk for question in quiz.questions}
        for number, score in enumerate((3, 3, 2, 1, 0)):
            given = {
                str(pk): str(key) if place < score else "" for place, (pk, key) in enumerate(right.items())
            }
            make_entry(contest, f"fan{number}@example.com", answers=given, at=contest.closes_at - DAY)
        return contest

    return scored


@pytest.mark.parametrize(
    ("counts", "prizes", "chances"),
    [
        ("all", 1, [1, 1, 1, 1, 1]), ("right", 1, [1, 1]), ("chances", 1, [4, 4, 3, 2, 1]),
        ("best", 1, [1, 1]), ("best", 2, [1, 1]), ("best", 3, [1, 1, 1]), ("best", 9, [1, 1, 1, 1, 1]),
    ],
)  # fmt: skip
def test_eligibility_decides_which_entries_are_listed_and_their_weight(scored, counts, prizes, chances):
    contest = scored(counts, prizes=prizes)
    frozen = freezing.freeze(contest, now())

    assert sorted(
        weight for _, weight in verify.read_files(frozen.manifest_text, frozen.entries_text)[1]
    ) == sorted(chances)
    weights = contest.entries.order_by("pk").values_list("weight", flat=True)
    assert [each for each in weights if each] == chances


def test_chances_are_capped(scored):
    contest = scored("chances", max_chances=2)
    frozen = freezing.freeze(contest, now())

    assert set(contest.entries.values_list("weight", flat=True)) == {1, 2}
    assert "max-weight: 2\n" in frozen.manifest_text


def test_entrants_who_are_not_listed_are_told_why(scored):
    freezing.freeze(scored("right"), now())
    bodies = {each.to[0]: each.body for each in deliver() if "sealed" in each.subject}

    assert "is on it, with 1 chance" in bodies["fan0@example.com"]
    assert "not on it, by the rules" in bodies["fan4@example.com"]


def test_the_cutoff_score_without_scores_is_zero():
    assert eligibility.cutoff_score([], 3) == 0


# The numbers and the draw


@pytest.fixture
def frozen(db):
    contest = make_closed_contest_with_entries(12, prizes=3)
    freezing.freeze(contest, now())
    return contest


def read(contest, lines, user, at=None, second_reader=False):
    at = at or contest.freeze.numbers_at
    return drawing.record_reading(contest, lines, user, at, second_reader=second_reader)


def test_the_numbers_cannot_be_typed_in_before_they_exist(frozen):
    with pytest.raises(freezing.NotAllowedNow, match="The first of the numbers is drawn"):
        read(frozen, RANDOM, make_staff(), at=frozen.freeze.numbers_at - timedelta(seconds=1))


def test_two_readings_that_agree_make_the_draw(frozen):
    user = make_staff()
    assert read(frozen, RANDOM, user) is None
    assert read(frozen, ["cd" * 32], user) is None
    outcome = read(frozen, ["AB" * 32], user)

    assert outcome.beacon == "ab" * 32 + "/" and outcome.beacon_text == "AB" * 32 + "\n"
    assert Reading.objects.count() == 3 and str(Reading.objects.first()) == "ab" * 32 + "/"
    assert [event.kind for event in frozen.audit_log.in_order()][-5:-3] == ["read", "drawn"]
    assert str(outcome).startswith(frozen.draw_id)


def test_the_second_reading_must_be_by_a_colleague_if_there_is_one(frozen):
    one, two = make_staff(), make_staff()
    assert read(frozen, RANDOM, one, second_reader=True) is None
    assert read(frozen, RANDOM, one, second_reader=True) is None

    assert read(frozen, RANDOM, two, second_reader=True) is not None


@pytest.fixture
def dear(db):
    """A frozen contest whose prizes are worth more than one person may draw alone."""
    Threshold.objects.create(name="Two people", measure="readers", above=10)
    contest = make_closed_contest_with_entries(3)
    freezing.freeze(contest, now())
    assert contest.audit_log.get(kind="frozen").payload["readers"] == 2
    return contest


def test_nobody_draws_dear_prizes_alone(dear):
    one, two = User.objects.create_superuser("root"), make_staff()
    assert read(dear, RANDOM, one) is None
    assert read(dear, RANDOM, one) is None
    assert read(dear, RANDOM, two) is not None


def test_the_database_refuses_an_outcome_of_dear_prizes_by_one_person(dear):
    read(dear, RANDOM, make_staff())
    outcome = {"freeze": dear.freeze, "lines": RANDOM, "beacon": "ab" * 32 + "/", "seed": "0" * 64}
    with pytest.raises(IntegrityError, match="Two people"), transaction.atomic():
        Outcome.objects.create(**outcome)
    read(dear, ["cd" * 32], make_staff())  # another person, who has read something else
    with pytest.raises(IntegrityError, match="Two people"), transaction.atomic():
        Outcome.objects.create(**outcome)


def test_the_desk_says_that_a_colleague_is_needed(dear, client):
    manager = make_staff("contest manager")
    client.force_login(manager)
    url = f"/desk/contest/contest/{dear.pk}/numbers/"
    page = client.get(url).content.decode()
    assert "the second time by a colleague" in page and "Give a colleague the role" in page

    User.objects.create_superuser("root")  # counts as a person, too
    page = client.get(url).content.decode()
    assert "the second time by a colleague" in page and "Give a colleague the role" not in page


def test_the_order_is_that_of_the_published_script(frozen, tmp_path, client):
    user = make_staff()
    for _ in range(2):
        read(frozen, RANDOM, user)
    names = ["manifest", "entries", "beacon", "disqualified"]
    for name in names:
        response = client.get(f"/contest/{frozen.slug}/proof/{name}.txt")
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        (tmp_path / name).write_bytes(response.content)
    (tmp_path / "verify.py").write_bytes(client.get("/contest/verify.py").content)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", *names], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    lines = done.stdout.splitlines()
    assert lines[0] == f"manifest {frozen.freeze.sha256}" and lines[2] == f"seed {Outcome.objects.get().seed}"
    ranked = [line.split()[-2] for line in lines[3:]]
    assert ranked == list(frozen.entries.in_ranking_order().values_list("ticket", flat=True))
    assert [placement.entry.ticket for placement in awarding.placements(frozen)] == ranked[:3]
    assert Path(verify.__file__).read_bytes() == (tmp_path / "verify.py").read_bytes()


def test_a_second_draw_is_refused(frozen):
    user = make_staff()
    for _ in range(2):
        read(frozen, RANDOM, user)
    with pytest.raises(freezing.NotAllowedNow, match="no second draw"):
        read(frozen, RANDOM, user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(freeze=frozen.freeze, lines=["00"], beacon="00/", seed="0")
    for change in ({"seed": "0"}, {"lines": []}):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            Outcome.objects.update(**change)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Outcome.objects.all()._raw_delete("default")
    with pytest.raises(IntegrityError, match="set once"), transaction.atomic():
        Entry.objects.filter(rank=1).update(rank=99)


def test_a_draw_without_entries_has_no_winners(db):
    contest = make_closed_contest()
    freezing.freeze(contest, now())
    user = make_staff()
    for _ in range(2):
        read(contest, RANDOM, user)

    assert awarding.placements(contest) == [] and Outcome.objects.get().seed


def test_all_entries_win_if_there_are_fewer_than_prizes(db):
    contest = make_drawn(2, prizes=5)

    assert [placement.place for placement in awarding.placements(contest)] == [1, 2]
    assert contest.awards.count() == 2


# Sources


def test_drand_rounds_are_as_defined():
    assert drand_round(datetime(2026, 4, 20, tzinfo=UTC)) == 27946612
    assert drand_round(datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)) == 1
    assert drand_round(datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)) == 1000
    assert drand_round(datetime(2023, 8, 23, 15, 59, 25, tzinfo=UTC)) == 1001


@pytest.mark.parametrize(
    ("game", "bits"),
    [("powerball", 28.12), ("megamillions", 28.11), ("euromillions", 27.06), ("uklotto", 25.43), ("drand", 256), ("nist", 512)],
)  # fmt: skip
def test_entropy_bits_are_as_defined(game, bits):
    assert round(GAMES[game].entropy_bits, 2) == bits


@pytest.mark.parametrize(
    ("game", "line", "typed", "said"),
    [
        ("powerball", 0, "45, 41 34,26 18", ""), ("powerball", 0, "45 41 34 26", "there are 5"),
        ("powerball", 0, "45 45 41 34 26", "each once"), ("powerball", 0, "0 41 34 26 1", "from 1 to 69"),
        ("powerball", 0, "70 41 34 26 1", "from 1 to 69"), ("powerball", 1, "27", "from 1 to 26"),
        ("powerball", 0, "five", "whole numbers"), ("drand", 0, "ab" * 32, ""), ("drand", 0, "ab" * 31, "all 64"),
        ("drand", 0, "xy" * 32, "all 64"), ("nist", 0, "AB" * 64, ""),
    ],
)  # fmt: skip
def test_invalid_numbers_show_an_error(game, line, typed, said):
    error = GAMES[game].lines[line].error_in(typed)
    assert said in error and bool(said) == bool(error)
    assert GAMES[game].lines[line].hint


def test_beacon_lines_have_their_names_in_the_manifest():
    at = datetime(2026, 12, 6, 4, tzinfo=UTC)
    assert GAMES["powerball"].beacon_lines(at) == [
        ("numbers", "Powerball 2026-12-05 white balls"), ("numbers", "Powerball 2026-12-05 red ball"),
    ]  # fmt: skip
    assert GAMES["nist"].beacon_lines(at) == [("hex", "NIST beacon pulse of 2026-12-06T04:00Z")]


# The proof


def pages(contest):
    return {
        name: f"/contest/{contest.slug}/{name}/" for name in ("proof", "studio", "rules", "enter", "sent")
    }


def test_the_proof_page_shows_files_as_they_come_into_being(client, db):
    contest = make_closed_contest_with_entries(3)
    page = client.get(pages(contest)["proof"]).content.decode()
    assert "How it is drawn" in page and "manifest.txt" not in page and "drand quicknet round" in page
    for name in ("manifest", "entries", "beacon", "disqualified", "nonsense"):
        assert client.get(f"/contest/{contest.slug}/proof/{name}.txt").status_code == 404

    frozen = freezing.freeze(contest, now())
    page = client.get(pages(contest)["proof"]).content.decode()
    assert frozen.sha256 in page and "proof/entries.txt" in page and "proof/beacon.txt" not in page
    assert client.get(f"/contest/{contest.slug}/proof/beacon.txt").status_code == 404
    assert client.get(pages(contest)["studio"]).status_code == 404


def test_the_proof_of_a_draw_shows_everything(client, db):
    contest = make_drawn(6, prizes=2)
    page = client.get(pages(contest)["proof"]).content.decode()

    for placement in awarding.placements(contest):
        assert placement.entry.ticket in page
    assert contest.freeze.outcome.seed in page and "ab" * 32 in page
    assert "@example.com" not in page
    studio = client.get(pages(contest)["studio"]).content.decode()
    assert "ab" * 32 in studio and contest.freeze.sha256 in studio and "@example.com" not in studio


@pytest.mark.parametrize("part", [8, 64])
def test_a_ticket_is_found_by_its_digits(client, db, part):
    contest = make_drawn(3)
    entry = contest.entries.get(rank=2)
    page = client.get(
        pages(contest)["proof"], {"ticket": f" {entry.ticket[:part].upper()} "}
    ).content.decode()

    assert "number 2 of the order" in page


def test_an_unknown_or_invalid_ticket_shows_a_message(client, db):
    contest = make_drawn(1)
    assert (
        "No ticket of this contest begins so"
        in client.get(pages(contest)["proof"], {"ticket": "0" * 64}).content.decode()
    )
    assert "64 signs" in client.get(pages(contest)["proof"], {"ticket": "me!"}).content.decode()


def test_the_audit_log_file_can_be_checked_line_by_line(client, db):
    contest = make_drawn(2)
    previous_hash = "0" * 64
    lines = client.get(f"/contest/{contest.slug}/proof/record.txt").content.decode().splitlines()
    for line in lines:
        logged, _, chain_hash = line.rpartition(" ")
        assert hashlib.sha256(f"{previous_hash}\n{logged}\n".encode()).hexdigest() == chain_hash
        previous_hash = chain_hash
    assert len(lines) == AuditEvent.objects.count() and "example.com" not in "".join(lines)


def test_the_feed_has_the_audit_events_of_published_contests(client, db):
    contest = make_drawn(2)
    feed = client.get("/feeds/draws/atom.xml").content.decode()
    assert contest.freeze.sha256 in feed and "List frozen" in feed
    Contest.objects.update(published_at=None)

    assert contest.freeze.sha256 not in client.get("/feeds/draws/atom.xml").content.decode()


def test_daily_counts_end_with_the_freeze(db):
    contest = make_closed_contest_with_entries(3)
    daily_counts.record_daily_counts(now())
    counted = [event.payload for event in contest.audit_log.filter(kind="counted")]
    assert sum(each["entries"] for each in counted) == 3 and counted[-1]["all"] == 3
    freezing.freeze(contest, now())
    daily_counts.record_daily_counts(now() + 9 * DAY)

    assert contest.audit_log.filter(kind="counted").count() == len(counted)


def test_the_published_script_is_the_module_verify():
    assert Path(verify.__file__) == settings.BASE_DIR / "contest/verify.py"
