"""
Somebody with the database in his hands changes a drawn contest. Each change is refused, or found and named.

For every table and every column that decides who gets what: the value is changed, or swapped with another
row's, or the row is removed or copied. Then the chain of the acts is sealed anew, as a clever owner would.
"""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from contest import audit, awarding, retention, triggers
from contest.audit_order import OrderOfOffers
from contest.models import (
    AuditEvent,
    Award,
    Contest,
    Disqualification,
    Entry,
    Freeze,
    Outcome,
    Prize,
    Reading,
)
from contest.models.audit_log import GENESIS_HASH
from contest.models.field_lists import FROZEN_FIELDS
from magazine.database_triggers import drop_triggers
from tests.contest.helpers import claim_prize, now, placements
from tests.factories import make_contest, make_drawn, make_entry, make_release, make_staff

# Columns that decide nothing, with the reason. Every other column of these tables is tried.
DECIDES_NOTHING = {
    Entry: {
        "newsletter": "a consent of its own", "network_pseudonym": "emptied by the freeze",
        "doubts": "emptied by the freeze", "reviewed_at": "a note of staff", "attempt": "marked before the freeze",
    },
    Award: {
        "reminders": "a count of mails", "skill_sum": "asked before the claim",
        "skill_failures": "counted before the claim", "tracking": "of the parcel", "erased_at": "see `Entry`",
    },
    Disqualification: {"note": "for staff, never published"},
    Freeze: {}, Reading: {}, Outcome: {}, Prize: {},
}  # fmt: skip
# Acts whose removal leaves a row without its act. Of the others only a witness outside can tell.
ACTS_WITH_ROWS = ["opened", "frozen", "read", "drawn", "offered", "claimed", "sent", "disqualified", "erased"]


@pytest.fixture
def contest(db):
    """A drawn contest with a claimed and a sent prize, a disqualified ticket and an erased entry."""
    drawn = make_drawn(6, prizes=3)
    first = placements(drawn)[0]
    claim_prize(first, listed_as="Ana M., Tempe")
    awarding.record_sent(Award.objects.get(entry=first.entry), now(), "Mara Vance")
    awarding.disqualify(placements(drawn)[1].entry, "bot", now(), "Mara Vance", "Inez Caraway")
    retention.erase_entry(drawn.entries.get(rank=6), now())
    assert problems() == []
    return drawn


def problems():
    return audit.find_problems(Contest.objects.get())


def seal_anew():
    """Give every act the hash that belongs to what it says now."""
    previous = GENESIS_HASH
    for event in AuditEvent.objects.in_order():
        event.previous_hash = previous
        previous = event.chain_hash = event.expected_hash()
        AuditEvent.objects.filter(pk=event.pk).update(
            previous_hash=previous and event.previous_hash, chain_hash=previous
        )


def other_value(field, value):
    """Another value that the column could have; None if there is none."""
    if isinstance(field, models.ForeignKey):
        return field.related_model.objects.exclude(pk=value).values_list("pk", flat=True).first()
    if isinstance(field, models.JSONField):
        return ["99 99 99"] if isinstance(value, list) else {"1": "other"}
    if isinstance(field, models.DateField):  # a date and time is one, too
        return value + timedelta(days=1) if value else now()
    if isinstance(value, str):
        return other_text(field, value)
    return (value or 0) + 1


def other_text(field, value):
    if field.choices:
        return next(each for each, _ in field.choices if each != value)
    if len(value) == 64:
        return "f" * 64
    return value.replace("1", "2", 1) if "\n" in value else f"x{value}"[: field.max_length]


def columns_of(model):
    skipped = DECIDES_NOTHING[model]
    return [
        field for field in model._meta.concrete_fields if not field.primary_key and field.name not in skipped
    ]


def rows_of(model):
    rows = model.objects.order_by("pk")
    return rows.filter(erased_at=None, rank__isnull=False) if model is Entry else rows


def set_column(model, pk, field, value):
    model.objects.filter(pk=pk).update(**{field.attname: value})


def change(model, field):
    row = rows_of(model).first()
    value = other_value(field, getattr(row, field.attname))
    if value is not None:
        set_column(model, row.pk, field, value)
    return value is not None


def swap(model, field):
    """Swap the values of two rows. Unique columns go by a third value."""
    first, second, *_ = [*rows_of(model), None, None]
    if second is None:
        return False
    values = getattr(first, field.attname), getattr(second, field.attname)
    if values[0] == values[1] or field.name == "form_token":
        return False
    if field.unique or field.name in ("ticket", "rank", "identity", "code"):
        set_column(model, first.pk, field, 99 if isinstance(values[0], int) else f"{values[0]}x"[1:])
    set_column(model, second.pk, field, values[0])
    set_column(model, first.pk, field, values[1])
    return True


def remove(model, field):
    """Without what Django would delete or protect with it."""
    model.objects.filter(pk=rows_of(model).last().pk)._raw_delete("default")
    return True


def cases():
    for model in DECIDES_NOTHING:
        yield model, None, remove
        for field in columns_of(model):
            yield model, field, change
            if model in (Entry, Award, Reading, Prize):
                yield model, field, swap


CASES = [
    pytest.param(*case, id=f"{case[2].__name__} {case[0].__name__} {case[1].name if case[1] else ''}")
    for case in cases()
]


def attempt(tamper, model, field):
    """Whether something was changed: the database may refuse it, or there may be nothing to swap."""
    try:
        with transaction.atomic():
            return tamper(model, field)
    except IntegrityError:
        return False


@pytest.fixture
def undone():
    """A savepoint that is rolled back: rows that were removed leave others that point at them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("model", "field", "tamper"), CASES)
def test_with_its_guards_the_database_refuses_it_or_it_is_found(contest, undone, model, field, tamper):
    make_staff(), make_release()
    assert not attempt(tamper, model, field) or problems()


@pytest.mark.parametrize(("model", "field", "tamper"), CASES)
def test_without_its_guards_it_is_found_though_the_acts_are_sealed_anew(
    contest, undone, model, field, tamper
):
    make_staff(), make_release()
    with triggers.without_triggers():
        changed = attempt(tamper, model, field)
        seal_anew()
        found = [each for each in problems() if "guard" not in each]
        assert bool(found) == changed and all(each.endswith(".") for each in found)


@pytest.mark.parametrize("name", FROZEN_FIELDS)
def test_each_term_is_found(contest, undone, name):
    field = Contest._meta.get_field(name)
    with triggers.without_triggers():
        value = other_value(field, getattr(contest, field.attname))
        changed = value is not None and attempt(
            lambda model, field: model.objects.update(**{field.attname: value}), Contest, field
        )
        found = "The terms or prizes are not those it opened with." in problems()
        assert found == bool(changed)


@pytest.mark.parametrize("kind", ACTS_WITH_ROWS)
def test_an_act_that_was_taken_out_is_missed(contest, kind):
    with triggers.without_triggers():
        AuditEvent.objects.filter(kind=kind).last().delete()
        for sequence, event in enumerate(AuditEvent.objects.in_order(), 1):
            AuditEvent.objects.filter(pk=event.pk).update(sequence=sequence)
        seal_anew()
        assert [each for each in problems() if "guard" not in each]


@pytest.mark.parametrize("kind", ["opened", "frozen", "read", "drawn", "offered", "claimed", "disqualified"])
def test_an_act_that_says_something_else_is_found(contest, kind):
    with triggers.without_triggers():
        event = AuditEvent.objects.filter(kind=kind).last()
        said = dict.fromkeys(event.payload, "other")
        AuditEvent.objects.filter(pk=event.pk).update(payload_json=json.dumps(said))
        seal_anew()
        assert [each for each in problems() if "guard" not in each]


INVENTED = {
    "an entry": lambda contest: _copy(contest.entries.get(rank=1), ticket="f" * 64, rank=99, code="X", identity="me", form_token="x"),
    "an award": lambda contest: _copy(Award.objects.first(), entry=contest.entries.get(rank=5)),
    "a disqualification": lambda contest: _copy(Disqualification.objects.first(), entry=contest.entries.get(rank=1)),
    "a prize": lambda contest: _copy(Prize.objects.first()),
}  # fmt: skip


def _copy(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.pk = None
    type(row).objects.bulk_create([row])
    return True


@pytest.mark.parametrize("what", INVENTED)
def test_a_row_that_was_invented_is_refused_and_found(contest, what):
    with pytest.raises(IntegrityError), transaction.atomic():
        INVENTED[what](contest)
    with triggers.without_triggers():
        INVENTED[what](contest)
        seal_anew()
        assert [each for each in problems() if "guard" not in each]


def test_a_person_erased_by_sql_is_refused_and_found(contest):
    blank = dict.fromkeys(["name", "email", "card_postal_address", "identity", "salt", "code"], "")
    victim = Entry.objects.filter(rank=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        victim.update(erased_at=now(), **blank)
    with triggers.without_triggers():
        victim.update(erased_at=now() + timedelta(hours=1), **blank)
        assert any("was erased, and no act says so" in each for each in problems())


def test_a_guard_that_is_missing_is_found(contest):
    drop_triggers(triggers.CONTEST_TRIGGERS, ["contest_award_offer"])
    assert problems() == ["The guard contest_award_offer is missing or changed."]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no statement to compare.")
def test_a_guard_that_was_changed_is_found(contest):
    drop_triggers(triggers.CONTEST_TRIGGERS, ["contest_ticket"])
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER contest_ticket BEFORE UPDATE ON contest_entry WHEN 0 BEGIN SELECT 1; END"
        )

    assert problems() == ["The guard contest_ticket is missing or changed."]


def test_a_prize_that_is_moved_with_its_act_is_found(contest, undone):
    """The award of somebody who has not claimed goes to a friend, and the act of the offer says the friend's ticket."""
    victim = Award.objects.filter(claimed_at=None, entry__disqualification=None).first()
    friend = contest.entries.filter(rank=5).get()
    with triggers.without_triggers():
        for act in AuditEvent.objects.filter(payload_json__contains=victim.entry.ticket, kind="offered"):
            said = act.payload_json.replace(victim.entry.ticket, friend.ticket)
            AuditEvent.objects.filter(pk=act.pk).update(payload_json=said)
        Award.objects.filter(pk=victim.pk).update(entry=friend)
        seal_anew()
        found = problems()
    assert f"The prize was offered to ticket {friend.ticket[:8]}, which was not next in the order." in found
    assert f"Ticket {victim.entry.ticket[:8]} is next in the order and was offered no prize." in found


def test_a_prize_that_was_taken_away_with_its_act_is_found(contest, undone):
    victim = Award.objects.filter(claimed_at=None, entry__disqualification=None).first()
    with triggers.without_triggers():
        AuditEvent.objects.filter(payload_json__contains=victim.entry.ticket, kind="offered").delete()
        victim.delete()
        for sequence, event in enumerate(AuditEvent.objects.in_order(), 1):
            AuditEvent.objects.filter(pk=event.pk).update(sequence=sequence)
        seal_anew()
        assert (
            f"Ticket {victim.entry.ticket[:8]} is next in the order and was offered no prize." in problems()
        )


@pytest.fixture
def deleted(contest):
    """The contest after its entries were deleted on the printed day; winners are kept."""
    day = Contest.objects.get().entries_deleted_on
    at = now().replace(year=day.year, month=day.month, day=day.day) + timedelta(days=1)
    retention.purge_due_entries(at)
    assert problems() == [] and AuditEvent.objects.filter(kind="deleted").exists()
    return at


def test_somebody_who_is_erased_in_the_second_of_a_deletion_is_found(deleted, undone):
    kept = Entry.objects.filter(erased_at=None).first()
    blank = dict.fromkeys(["name", "email", "card_postal_address", "identity", "salt", "code"], "")
    with triggers.without_triggers():
        Entry.objects.filter(pk=kept.pk).update(erased_at=deleted, **blank)
        assert "Not as many entries were deleted as the acts say." in problems()


def test_a_deletion_before_the_printed_day_is_found(contest, undone):
    AuditEvent.objects.append(contest, "deleted", at=now(), what="entries", entries=0)
    assert problems() == ["Entries were deleted before the day that the rules name."]


@pytest.mark.parametrize("what", ["rules", "notice", "card"])
def test_rules_notices_and_cards_that_no_act_names_are_found(contest, undone, what):
    if what == "rules":
        contest.rules.create(version=9, text="Everybody wins.", summary="x")
        expected = "The versions of the rules are not those on record."
    elif what == "notice":
        contest.amendments.create(text="Everybody wins.")
        expected = "The notices to the rules are not those on record."
    else:
        AuditEvent.objects.append(contest, "card", ticket="f" * 64)
        expected = "The cards that were entered are not those on record."
    assert problems() == [expected]


def test_a_prize_cannot_be_moved_into_an_opened_contest_nor_an_entry_into_a_frozen_list(contest):
    other = make_contest(opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=9))
    entry = make_entry(other, "late@example.com")
    with pytest.raises(IntegrityError, match="its terms stay"), transaction.atomic():
        Prize.objects.filter(contest=other).update(contest=contest)
    with pytest.raises(IntegrityError, match="nobody can come into it"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(contest=contest)


def test_a_disqualification_that_was_taken_back_gives_its_place_back(db):
    drawn = make_drawn(4, prizes=1)
    first, second = drawn.entries.in_ranking_order()[:2]
    offers = OrderOfOffers(Contest.objects.with_terms().get())
    assert offers.next_ticket() == first.ticket
    offers.follow(AuditEvent(kind="disqualified", payload_json=json.dumps({"ticket": first.ticket})))
    assert offers.next_ticket() == second.ticket
    offers.follow(AuditEvent(kind="reinstated", payload_json=json.dumps({"ticket": first.ticket})))
    assert offers.next_ticket() == first.ticket
