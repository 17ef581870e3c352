"""
Checks of the stored rows of a contest against the acts of its audit log.

Terms, entries, readings, awards and disqualifications follow from the acts. What is stored and said by no
act, or said and not stored, or stored otherwise, is a finding: one sentence for each.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from contest import verify
from contest.audit_order import by_ticket, find_erasure_problems, find_offer_problems, of_kind, stored_time
from contest.commitments import claim_hash, entry_hash, list_hash, terms_hash
from contest.models import AuditEvent, Award, Contest, Disqualification, Entry, Reading
from magazine.database_triggers import missing_triggers
from magazine.roles import staff_name


def find_row_problems(contest: Contest) -> Iterator[str]:
    """A sentence for each row, or missing row, that does not follow from the acts."""
    acts = list(contest.audit_log.in_order())
    yield from _term_problems(contest, acts)
    yield from _text_problems(contest, acts)
    if not hasattr(contest, "freeze"):
        yield from ("The frozen list is gone." for _ in of_kind(acts, "frozen"))
    else:
        yield from _freeze_problems(contest, acts)
        yield from _entry_problems(contest, acts)
        yield from find_erasure_problems(contest, acts)
        yield from _reading_problems(contest, acts)
    yield from _disqualification_problems(contest, acts)
    yield from find_offer_problems(contest, acts)
    yield from _award_problems(contest, acts)


def find_guard_problems() -> Iterator[str]:
    """A sentence for each guard of contests that the database lacks, or has with other words."""
    for name in missing_triggers():
        if name.startswith("contest_"):
            yield f"The guard {name} is missing or changed."


BEFORE_OPENING = {"published"}  # kinds of acts


def _term_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    opened = of_kind(acts, "opened")
    if not opened and any(act.kind not in BEFORE_OPENING for act in acts):
        yield "The act of its opening is gone."
    for act in opened:
        if act.payload.get("terms") != terms_hash(contest):
            yield "The terms or prizes are not those it opened with."


def _text_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    """Versions of the rules, notices and cards are those that acts name, no more and no less."""
    versions = {(act.payload.get("version"), act.payload.get("sha256")) for act in of_kind(acts, "published")}
    if {(rules.version, rules.sha256) for rules in contest.rules.all()} != versions:
        yield "The versions of the rules are not those on record."
    notices = sorted(contest.amendments.values_list("text", flat=True))
    if notices != sorted(act.payload.get("text", "") for act in of_kind(acts, "amended")):
        yield "The notices to the rules are not those on record."
    cards = sorted(contest.entries.cards().values_list("ticket", flat=True))
    if cards != sorted(by_ticket(acts, "card")):
        yield "The cards that were entered are not those on record."


def _entry_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    entries = contest.entries.confirmed().order_by("ticket")
    committed = list_hash(entries.values_list("ticket", "commitment").iterator())
    if [act.payload.get("entrants") for act in of_kind(acts, "frozen")] != [committed]:
        yield "The entries are not those that were there at the freeze."
    for entry in entries.not_erased().iterator():
        yield from _problems_of_entry(contest, entry)


def _problems_of_entry(contest: Contest, entry: Entry) -> Iterator[str]:
    bound_to = verify.canonical(entry.email) if entry.email else entry.identity
    ticket = verify.ticket_of(contest.draw_id, entry.salt, entry.identity)
    if ticket != entry.ticket or bound_to != entry.identity:
        yield f"Ticket {entry.ticket[:8]} is not that of the entrant who is stored with it."
    elif entry_hash(entry) != entry.commitment:
        yield f"The entry of ticket {entry.ticket[:8]} is not as it was at the freeze."


def _reading_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    lines = contest.freeze.beacon_lines
    readings = Reading.objects.filter(freeze=contest.freeze).select_related("typed_by").order_by("pk")
    stored = [(each.beacon, stored_time(each.typed_at), staff_name(each.typed_by)) for each in readings]
    said = [(act.payload.get("beacon"), act.occurred_at, act.actor) for act in of_kind(acts, "read")]
    if stored != said or any(each.beacon != _beacon_or_none(lines, each.lines) for each in readings):
        yield "The numbers as they were typed in are not those on record."
    outcome = getattr(contest.freeze, "outcome", None)
    drawn = [
        (act.payload.get("beacon"), act.payload.get("seed"), act.occurred_at)
        for act in of_kind(acts, "drawn")
    ]
    if drawn != ([(outcome.beacon, outcome.seed, stored_time(outcome.drawn_at))] if outcome else []):
        yield "The outcome is not the one on record."


def _beacon_or_none(sources: list[tuple[str, str]], lines: list[str]) -> str | None:
    """The canonical form of typed lines; None for lines that nobody could have typed."""
    try:
        return verify.beacon_of(sources, lines)
    except (ValueError, TypeError):
        return None


def _freeze_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    frozen, numbers_at = contest.freeze, f"{contest.freeze.numbers_at:%Y-%m-%dT%H:%M:%SZ}"
    said = [(act.occurred_at, act.payload.get("numbers_at")) for act in of_kind(acts, "frozen")]
    if said != [(stored_time(frozen.frozen_at), numbers_at)]:
        yield "The times of the freeze or of the numbers are not those on record."


def _disqualification_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    last = by_ticket(acts, "disqualified", "reinstated")
    said = {ticket: act for ticket, act in last.items() if act.kind == "disqualified"}
    stored = {each.entry.ticket: each for each in Disqualification.objects.of_contest(contest)}
    held = set(contest.entries.values_list("ticket", flat=True))
    for ticket in sorted((said.keys() & held) - stored.keys()):
        yield f"Ticket {ticket[:8]} was disqualified, and that is not stored."
    for ticket, each in stored.items():
        act = said.get(ticket)
        names = " and ".join(filter(None, [each.decided_by, each.seconded_by]))
        stored_as = (each.reason, stored_time(each.disqualified_at), names)
        if act is None or stored_as != (act.payload.get("reason"), act.occurred_at, act.actor):
            yield f"The disqualification of ticket {ticket[:8]} is not the one on record."


def _award_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    offers = by_ticket(acts, "offered")
    awards = Award.objects.filter(contest=contest).select_related("entry", "sent_prize__release__film")
    stored = {award.entry.ticket: award for award in awards}
    for ticket in sorted(offers.keys() - stored.keys()):
        yield f"The prize that was offered to ticket {ticket[:8]} is not stored."
    steps = {kind: by_ticket(acts, kind) for kind in ("claimed", "sent", "arrived")}
    for ticket, award in stored.items():
        offer = offers.get(ticket)
        claim_by = offer and offer.occurred_at + timedelta(days=contest.claim_days)
        if offer is None or (stored_time(award.offered_at), stored_time(award.claim_by)) != (
            offer.occurred_at,
            claim_by,
        ):
            yield f"The award of ticket {ticket[:8]} is not as it was offered."
        yield from _step_problems(award, {kind: acts.get(ticket) for kind, acts in steps.items()})


def _step_problems(award: Award, acts: dict[str, AuditEvent | None]) -> Iterator[str]:
    ticket = award.entry.ticket[:8]
    for kind, act in acts.items():
        if stored_time(getattr(award, f"{kind}_at")) != (act and act.occurred_at):
            yield f"When the prize of ticket {ticket} {WORDS[kind]} is not as on record."
    claimed, sent = acts["claimed"], acts["sent"]
    if claimed and award.erased_at is None and claimed.payload.get("claim") != claim_hash(award):
        yield f"Name or address of the winner with ticket {ticket} are not those of the claim."
    if sent and sent.payload.get("prize") != str(award.sent_prize):
        yield f"The prize that was sent to ticket {ticket} is not the one on record."


WORDS: dict[str, Any] = {"claimed": "was claimed", "sent": "was sent", "arrived": "arrived"}
