"""
What the database refuses about awards and disqualifications: whatever no act in the audit log says.

`contest.triggers` installs these guards with the others. An act must come first: it names the ticket.
"""

from collections.abc import Iterator

type Guard = tuple[str, str, str, str, str]

OFFER_STAYS = "An award stays as it was offered."
NO_ACT = "No act in the audit log says so."
DISQUALIFICATION_STAYS = "A disqualification stays as it was recorded."
FIXED_COLUMNS = ["contest_id", "entry_id", "offered_at", "claim_by"]
CLAIM_COLUMNS = ["full_name", "street", "town", "postcode", "state", "country", "listed_as"]
ERASED_COLUMNS = ["full_name", "street", "town", "postcode", "state", "country", "tracking"]
IS_FROZEN_SQL = (
    "EXISTS (SELECT 1 FROM contest_freeze JOIN contest_entry AS own "
    "ON own.contest_id = contest_freeze.contest_id WHERE own.id = OLD.entry_id)"
)


def guards() -> Iterator[Guard]:
    """The guards in the form that `contest.triggers.guards` describes."""
    yield "award_insert", "award", "BEFORE INSERT", f"NOT {_act_sql('offered')}", NO_ACT
    yield "award_delete", "award", "BEFORE DELETE", "", OFFER_STAYS
    yield "award_offer", "award", "BEFORE UPDATE", _any_changes(FIXED_COLUMNS), OFFER_STAYS
    for kind, columns in {
        "claimed": ["claimed_at"],
        "sent": ["sent_at", "sent_prize_id"],
        "arrived": ["arrived_at"],
    }.items():
        condition = f"({_any_changes(columns)}) AND NOT {_act_sql(kind)}"
        yield f"award_{kind}", "award", "BEFORE UPDATE", condition, NO_ACT
        undone = " OR ".join(f"(OLD.{column} IS NOT NULL AND {_changes(column)})" for column in columns)
        yield f"award_{kind}_once", "award", "BEFORE UPDATE", undone, OFFER_STAYS
    address = f"({_any_changes(CLAIM_COLUMNS)}) AND NOT {CLAIMED_NOW_SQL} AND NOT {_erased_sql()}"
    yield "award_address", "award", "BEFORE UPDATE", address, OFFER_STAYS
    insert = f"NOT {_act_sql('disqualified')}"
    for action, condition, sentence in (
        ("INSERT", insert, NO_ACT),
        ("UPDATE", "", DISQUALIFICATION_STAYS),
        ("DELETE", IS_FROZEN_SQL, DISQUALIFICATION_STAYS),
    ):
        name = f"disqualification_{action.lower()}"
        yield name, "disqualification", f"BEFORE {action}", condition, sentence


CLAIMED_NOW_SQL = "(OLD.claimed_at IS NULL AND NEW.claimed_at IS NOT NULL)"


def _act_sql(kind: str) -> str:
    """Whether an act of this kind in the contest's audit log names the ticket of the new row's entry."""
    return (
        "EXISTS (SELECT 1 FROM contest_auditevent JOIN contest_entry AS own ON own.id = NEW.entry_id "  # noqa: S608
        f"WHERE contest_auditevent.contest_id = own.contest_id AND contest_auditevent.kind = '{kind}' "
        "AND contest_auditevent.payload_json LIKE '%' || own.ticket || '%')"
    )


def _erased_sql() -> str:
    blank = " AND ".join(f"NEW.{column} = ''" for column in ERASED_COLUMNS)
    return f"(NEW.erased_at IS NOT NULL AND {blank} AND NOT ({_changes('listed_as')}))"


def _any_changes(columns: list[str]) -> str:
    return " OR ".join(_changes(column) for column in columns)


def _changes(column: str) -> str:
    return f"OLD.{column} IS DISTINCT FROM NEW.{column}"
