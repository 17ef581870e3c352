"""Terms of a contest: publish blockers, laws, official rules, and what cannot change after the opening."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contest import daily_counts, initial_data, opening, publish_warnings, triggers
from contest.models import Amendment, AuditEvent, Contest, Filing, Prize, Region, Rules, Source, Threshold
from contest.official_rules import paragraphs, render_rules, save_rules_version
from films.models import Release
from tests.factories import (
    make_contest,
    make_drawn,
    make_film,
    make_question,
    make_quiz,
    make_region,
    make_staff,
)

SOON = timedelta(days=5)


def draft(**fields):
    """A complete contest that is not published."""
    opens = timezone.now().replace(microsecond=0) + SOON
    return make_contest(published_at=None, opens_at=opens, closes_at=opens + timedelta(days=14), **fields)


def blocked_fields(contest):
    return {each.field for each in Contest.objects.with_terms().get(pk=contest.pk).publish_blockers()}


def test_a_complete_contest_has_no_publish_blockers(db):
    assert blocked_fields(draft()) == set()


@pytest.mark.parametrize(
    "field",
    [
        "sponsor",
        "sponsor_postal_address",
        "cards_received_by",
        "entries_deleted_on",
        "winners_deleted_on",
        "dek",
    ],
)
def test_an_empty_part_of_the_rules_blocks_publication(db, field):
    contest = draft()
    setattr(contest, field, "" if isinstance(getattr(contest, field), str) else None)

    assert field in {each.field for each in contest.publish_blockers()}
    contest.published_at = contest.opens_at - timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        contest.full_clean()
    assert field in refusal.value.message_dict


@pytest.mark.parametrize("part", ["prizes", "regions", "sources"])
def test_missing_prizes_regions_or_sources_block_publication(db, part):
    contest = draft()
    rows = getattr(contest, part)
    rows.clear() if part == "regions" else rows.all().delete()

    assert part in blocked_fields(contest)


def test_too_little_entropy_blocks_publication(db):
    evening = timezone.now() + timedelta(days=40)
    while evening.astimezone().weekday() != 2:
        evening += timedelta(days=1)
    contest = draft(sources=[("powerball", evening)])
    assert "28 bits" in str(contest.publish_blockers())

    Source.objects.create(contest=contest, game="megamillions", drawn_at=evening)
    assert blocked_fields(contest) == set()


def test_a_source_that_is_not_trusted_alone_blocks_publication(db):
    contest = draft(sources=[("nist", timezone.now() + timedelta(days=40))])

    assert "one house's word" in str(contest.publish_blockers())


def test_a_beacon_before_the_end_of_review_blocks_publication(db):
    contest = draft()
    contest.sources.update(drawn_at=contest.closes_at + timedelta(hours=47))
    assert "too soon" in str(Contest.objects.get(pk=contest.pk).publish_blockers())

    contest.sources.update(drawn_at=contest.closes_at + timedelta(hours=48))
    assert blocked_fields(contest) == set()


def test_a_deletion_date_before_the_last_claim_blocks_publication(db):
    contest = draft()
    contest.entries_deleted_on = (contest.numbers_at + timedelta(days=29)).date()

    assert {each.field for each in contest.missing_fields()} == {"entries_deleted_on"}


def test_an_unusable_question_set_blocks_publication(db):
    empty = make_quiz(published_at=None)
    empty.quiz_questions.all().delete()
    assert blocked_fields(draft(question_set=empty)) == {"question_set"}

    three = make_quiz(questions=[make_question() for _ in range(3)], published_at=None)
    assert blocked_fields(draft(question_set=three, questions_per_entry=4)) == {"questions_per_entry"}
    assert blocked_fields(draft(question_set=three, questions_per_entry=3)) == set()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"closes_at": timezone.now()}, "closes before it opens"),
        ({"minimum_age": 12}, "under 13"),
        ({"eligibility": "right"}, "choose a question set"),
        ({"max_chances": 0}, "1 to 9,999"),
        ({"max_chances": 10_000}, "1 to 9,999"),
        ({"claim_days": 2}, "3 to 90 days"),
        ({"zone": "Mars/Phoenix"}, "no time zone"),
        ({"winners_deleted_on": date(2020, 1, 1)}, "with the other entries or after"),
        ({"cards_received_by": date(2020, 1, 1)}, "as long as other entries"),
        ({"draw_id": "two words"}, "valid “slug”"),
    ],
)
def test_invalid_terms_are_refused_with_a_message(db, fields, sentence):
    contest = draft()
    for name, value in fields.items():
        setattr(contest, name, value)

    with pytest.raises(ValidationError, match=sentence):
        contest.full_clean()


def test_a_contest_cannot_open_before_it_is_published(db):
    contest = draft()
    contest.published_at = contest.opens_at + timedelta(seconds=1)

    with pytest.raises(ValidationError, match="before it is published"):
        contest.full_clean()


def test_a_lottery_draws_on_its_own_days_at_its_own_hour(db):
    contest = draft()
    tuesday = Source(contest=contest, game="powerball", drawn_at="2026-12-01T12:00:00-07:00")
    tuesday.drawn_at = timezone.datetime.fromisoformat(tuesday.drawn_at)
    with pytest.raises(ValidationError, match="does not draw on that day"):
        tuesday.full_clean()

    wednesday = Source(contest=contest, game="powerball", drawn_at=tuesday.drawn_at + timedelta(days=1))
    wednesday.full_clean()
    assert wednesday.drawn_at.isoformat() == "2026-12-02T22:59:00-05:00"
    assert [name for _, name in wednesday.beacon_lines] == [
        "Powerball 2026-12-02 white balls", "Powerball 2026-12-02 red ball",
    ]  # fmt: skip


def test_duplicate_sources_and_worthless_prizes_are_refused(db):
    contest = draft()
    Source(contest=contest, game="drand", drawn_at=contest.numbers_at + timedelta(seconds=3)).full_clean()
    with pytest.raises(ValidationError, match="there already"):
        Source(contest=contest, game="drand", drawn_at=contest.numbers_at).full_clean()
    with pytest.raises(ValidationError, match="worth more than nothing"):
        Prize(contest=contest, release=contest.prizes.first().release, value=0).full_clean()


# The law


@pytest.fixture
def laws(db):
    initial_data.create_regions_and_thresholds()
    initial_data.create_regions_and_thresholds()
    return {law.name.split()[0]: law for law in Threshold.objects.all()}


def worth(value, *codes, **fields):
    return draft(value=value, regions=list(Region.objects.filter(code__in=codes)), **fields)


def test_regions_and_thresholds_are_stored_as_data(laws):
    assert Region.objects.filter(country="United States").count() == 51
    assert Region.objects.get(code="CA-ON").skill_test and not Region.objects.get(code="US-FL").skill_test
    assert set(laws) == {"Florida", "New", "Rhode", "Two", "US"}
    assert str(Region.objects.get(code="IE")) == "Ireland, Ireland"


@pytest.mark.parametrize(("law", "code"), [("Florida", "US-FL"), ("New", "US-NY")])
def test_above_five_thousand_dollars_a_filing_number_is_required(laws, law, code):
    contest = worth(Decimal("5000.01"), code, "US-AZ")
    assert blocked_fields(contest) == {"filings"}
    assert "needs a filing number" in str(contest.publish_blockers())

    filing = Filing.objects.create(
        contest=contest, threshold=laws[law], number="A 17", filed_on=date(2026, 1, 1)
    )
    assert blocked_fields(contest) == set()
    assert str(filing).endswith("A 17")


def test_no_filing_number_is_required_elsewhere_or_at_five_thousand(laws):
    assert blocked_fields(worth(9_000, "US-AZ")) == set()
    at_the_limit = worth(5_000, "US-FL")
    assert blocked_fields(at_the_limit) == set()
    assert "close to $5,000" in " ".join(publish_warnings.warnings(at_the_limit))


def test_a_warning_is_shown_from_four_fifths_of_a_threshold(laws):
    assert "Florida" in " ".join(publish_warnings.warnings(worth(4_000, "US-FL")))
    assert publish_warnings.warnings(worth(3_999, "US-FL")) == []


def test_rhode_island_s_law_applies_to_contests_in_shops_only(laws):
    assert blocked_fields(worth(600, "US-RI")) == set()
    assert blocked_fields(worth(600, "US-RI", at_retail=True)) == {"filings"}


def test_staff_can_change_thresholds(laws):
    Threshold.objects.filter(pk=laws["Florida"].pk).update(above=100)

    assert blocked_fields(worth(101, "US-FL")) == {"filings"}


def test_the_desk_warns_of_known_questions_and_little_entropy(db):
    known = make_quiz(questions=[make_question() for _ in range(3)])
    contest = draft(question_set=known, eligibility="right")
    said = " ".join(publish_warnings.warnings(contest))

    assert "whoever has played it" in said and "pass them on" in said
    pool = make_quiz(questions=[make_question() for _ in range(10)], published_at=None)
    assert (
        publish_warnings.warnings(draft(question_set=pool, eligibility="right", questions_per_entry=2)) == []
    )
    london = make_contest(published_at=None, sources=[("uklotto", timezone.now() + timedelta(days=40))])
    assert "25 bits" in " ".join(publish_warnings.warnings(london))


# The rules


def text_of(**fields):
    return render_rules(draft(**fields))


def test_the_rules_contain_everything_that_the_law_requires(db):
    """The row "Official rules are the contract" of the law table."""
    contest = draft(
        prizes=3, regions=[make_region(), make_region("CA-ON", "Ontario", "Canada", wording="Sums first.")]
    )
    rules, summary = render_rules(contest)

    for part in (
        "NO PURCHASE NECESSARY", "A PURCHASE WILL NOT IMPROVE YOUR CHANCES", "Void where prohibited",
        contest.sponsor, contest.sponsor_postal_address, contest.draw_id, "America/Phoenix", f"{contest.closes_at:%Y-%m-%dT%H:%M:%SZ}",
        "United States (Arizona)", "Canada (Ontario)", "at least 18 years", "Nobody under 13", "Sums first.",
        "live with them, may not enter", "by post", "One entry a person", "3 × ", "$20.00 each", "is $60.00",
        "odds of winning depend on the number of eligible entries", "CLIPS-DRAW-1", "drand quicknet round",
        "10 days to answer", "at most 10 more tickets", "With their consent", "deleted on", "do not change once",
    ):  # fmt: skip
        assert part in rules, part
    assert "costs nothing" in summary and "3 prizes" in summary


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ("all", "with one chance."), ("right", "answers are all right"), ("best", "highest score"),
        ("chances", "one more for each right answer, up to 10"),
    ],
)  # fmt: skip
def test_the_rules_state_the_eligibility(db, counts, sentence):
    quiz = make_quiz(questions=[make_question() for _ in range(3)], published_at=None)
    rules, summary = text_of(eligibility=counts, question_set=quiz)

    assert sentence in rules and "by answering 3 questions" in rules and "answering 3 questions" in summary


def test_the_rules_are_stored_in_versions(db):
    contest = draft()
    first = save_rules_version(contest)
    assert save_rules_version(contest) == first and first.version == 1
    contest.claim_days = 20
    second = save_rules_version(contest)

    assert (second.version, second == contest.current_rules) == (2, True)
    assert first.sha256 != second.sha256 and str(second).endswith("version 2")


def test_headings_are_recognised_among_paragraphs(db):
    found = paragraphs(render_rules(draft())[0])

    assert [words for heading, words in found if heading][:2] == ["1. Sponsor", "2. When"]
    assert not found[0][0]


def test_many_regions_are_counted_by_country(client, db):
    states = [make_region(f"US-{n}", f"State {n}") for n in range(4)]
    contest = make_contest(regions=[*states, make_region("CA-ON", "Ontario", "Canada")])
    page = client.get(f"/contest/{contest.slug}/").content.decode()

    assert "and over in the United States (4 regions) and Canada<" in page


def test_the_heading_of_the_prizes_changes_after_the_draw(client, db):
    def page(contest):
        return client.get(f"/contest/{contest.slug}/").content.decode()

    assert ">To be won</h2>" in page(make_contest()) and ">The prizes</h2>" in page(make_drawn(2))


def test_the_rules_page_shows_version_hash_summary_and_notices(client, db):
    contest = make_contest()
    Amendment.objects.create(contest=contest, text="The second prize is a Blu-ray.")
    page = client.get(f"/contest/{contest.slug}/rules/").content.decode()

    assert contest.current_rules.sha256 in page and "Version 1" in page and "In plain words" in page
    assert "The second prize is a Blu-ray." in page


def test_staff_see_the_rules_that_a_draft_would_have(client, db):
    contest = draft()
    assert client.get(f"/contest/{contest.slug}/rules/").status_code == 404
    client.force_login(make_staff())

    assert "how they would read" in client.get(f"/contest/{contest.slug}/rules/").content.decode()
    contest.sources.all().delete()
    assert "lack the source" in client.get(f"/contest/{contest.slug}/rules/").content.decode()


# The opening


def test_the_worker_records_an_opening(db):
    contest = make_contest(opened=False)
    opening.open_due_contests(timezone.now())
    opening.open_due_contests(timezone.now())

    assert [event.kind for event in contest.audit_log.in_order()] == ["published", "opened"]
    assert contest.audit_log.last().payload["rules"] == contest.current_rules.sha256


def test_the_worker_opens_no_contest_too_early_and_no_draft(db):
    make_contest(opens_at=timezone.now() + timedelta(seconds=5))
    make_contest(opened=False, published_at=None)
    opening.open_due_contests(timezone.now())

    assert not AuditEvent.objects.exists()


TERMS = {
    "draw_id": "another", "opens_at": timezone.now(), "closes_at": timezone.now() + timedelta(days=99), "zone": "UTC",
    "minimum_age": 21, "rest_days": 9, "questions_per_entry": 2, "eligibility": "all", "max_chances": 3, "alternates": 0, "sponsor": "Another",
    "sponsor_postal_address": "Elsewhere", "cards_received_by": date(2030, 1, 1), "claim_days": 3, "entries_deleted_on": date(2030, 1, 1),
    "winners_deleted_on": date(2031, 1, 1), "at_retail": True, "question_set": None,
}  # fmt: skip


@pytest.mark.parametrize("name", TERMS)
def test_after_the_opening_the_database_refuses_to_change_a_term(db, name):
    quiz = make_quiz(questions=[make_question() for _ in range(3)], published_at=None)
    contest = make_contest(question_set=quiz, eligibility="all" if name == "question_set" else "right")

    with pytest.raises(IntegrityError, match="its terms stay"), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(**{name: TERMS[name]})
    Contest.objects.filter(pk=contest.pk).update(dek="A new dek is no new term.")


def test_after_the_opening_the_database_refuses_to_change_prizes_regions_or_sources(db):
    contest = make_contest()
    release = Release.objects.create(film=make_film(), format="dvd")
    for change in (
        lambda: contest.prizes.update(value=1),
        lambda: contest.prizes.all().delete(),
        lambda: Prize.objects.create(contest=contest, release=release, value=1),
        lambda: contest.regions.add(make_region("US-NM", "New Mexico")),
        lambda: contest.regions.clear(),
        lambda: contest.sources.update(drawn_at=timezone.now()),
        lambda: contest.sources.all().delete(),
        lambda: Source.objects.create(contest=contest, game="nist", drawn_at=timezone.now()),
    ):
        with pytest.raises(IntegrityError, match="its terms stay"), transaction.atomic():
            change()


def test_before_the_opening_terms_may_change(db):
    contest = draft()
    opening.record_published_rules(contest, timezone.now())
    contest.prizes.update(value=1)
    contest.regions.clear()
    Contest.objects.filter(pk=contest.pk).update(zone="UTC")


def test_the_audit_log_is_append_only(db):
    contest = make_contest()
    Amendment.objects.create(contest=contest, text="A notice.")
    for rows in (AuditEvent.objects.all(), Rules.objects.all(), Amendment.objects.all()):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            rows.update(contest=contest)
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_without_the_triggers_a_term_could_be_changed(db):
    """Negative control: the triggers are what refuses above, and they are installed again."""
    contest = make_contest()
    with triggers.without_triggers():
        assert AuditEvent.objects.update(actor="Somebody else") == 2
        Contest.objects.filter(pk=contest.pk).update(zone="UTC")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.update(actor="")


def test_each_event_contains_the_hash_of_the_one_before(db):
    contest = make_contest()
    AuditEvent.objects.append(contest, "cleared", "Nora", entries=3)
    events = list(contest.audit_log.in_order())

    assert [event.sequence for event in events] == [1, 2, 3]
    assert events[0].previous_hash == "0" * 64
    assert all(event.chain_hash == event.expected_hash() for event in events)
    assert [event.previous_hash for event in events[1:]] == [event.chain_hash for event in events[:-1]]
    assert events[2].line.endswith('cleared [Nora] {"entries": 3}')
    events[1].payload_json = "{}"
    assert events[1].expected_hash() != events[1].chain_hash
    assert str(events[2]) == f"{contest.draw_id} 3: Entries looked at and found fine"


def test_each_day_of_the_contest_s_zone_is_counted_once(db):
    now = timezone.now().replace(microsecond=0)
    contest = make_contest(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))
    daily_counts.record_daily_counts(now)
    daily_counts.record_daily_counts(now)

    counted = [event.payload for event in contest.audit_log.filter(kind="counted")]
    assert len(counted) == len({each["day"] for each in counted}) == 3
    assert all(each["entries"] == 0 for each in counted)


def test_state_and_local_times_follow_the_dates(db):
    contest = make_contest(zone="Europe/Berlin")

    assert contest.opens_at_local.tzinfo.key == contest.closes_at_local.tzinfo.key == "Europe/Berlin"
    words = [
        contest.state_at(at)
        for at in (
            contest.opens_at - timedelta(seconds=1), contest.opens_at, contest.closes_at - timedelta(seconds=1),
            contest.closes_at, contest.confirm_by - timedelta(seconds=1), contest.confirm_by,
        )
    ]  # fmt: skip
    assert words == ["announced", "open", "open", "confirming", "confirming", "closed"]
