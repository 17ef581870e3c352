"""
Checks of the stored rows of a contest against the acts of its audit log.

Terms, entries, readings, awards and disqualifications follow from the acts. What is stored and said by no
act, or said and not stored, or stored otherwise, is a finding: one sentence for each.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from contest import verify
from contest.commitments import claim_hash, entry_hash, list_hash, terms_hash
from contest.models import AuditEvent, Award, Contest, Disqualification, Entry, Reading
from magazine.database_triggers import missing_triggers
from magazine.roles import staff_name


def find_row_problems(contest: Contest) -> Iterator[str]:
    """A sentence for each row, or missing row, that does not follow from the acts."""
    acts = list(contest.audit_log.in_order())
    yield from _term_problems(contest, acts)
    if not hasattr(contest, "freeze"):
        yield from ("The frozen list is gone." for _ in _of_kind(acts, "frozen"))
    else:
        yield from _freeze_problems(contest, acts)
        yield from _entry_problems(contest, acts)
        yield from _erasure_problems(contest, acts)
        yield from _reading_problems(contest, acts)
    yield from _disqualification_problems(contest, acts)
    yield from _award_problems(contest, acts)


def find_guard_problems() -> Iterator[str]:
    """A sentence for each guard of contests that the database lacks, or has with other words."""
    for name in missing_triggers():
        if name.startswith("contest_"):
            yield f"The guard {name} is missing or changed."


BEFORE_OPENING = {"published"}  # kinds of acts


def _of_kind(acts: list[AuditEvent], *kinds: str) -> list[AuditEvent]:
    return [act for act in acts if act.kind in kinds]


def _by_ticket(acts: list[AuditEvent], *kinds: str) -> dict[str, AuditEvent]:
    """The last act of these kinds on each ticket."""
    return {act.payload.get("ticket", ""): act for act in _of_kind(acts, *kinds)}


def _at(moment: datetime | None) -> datetime | None:
    """A stored time as an act has it: without microseconds."""
    return moment and moment.replace(microsecond=0)


def _term_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    opened = _of_kind(acts, "opened")
    if not opened and any(act.kind not in BEFORE_OPENING for act in acts):
        yield "The act of its opening is gone."
    for act in opened:
        if act.payload.get("terms") != terms_hash(contest):
            yield "The terms or prizes are not those it opened with."


def _entry_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    entries = contest.entries.confirmed().order_by("ticket")
    committed = list_hash(entries.values_list("ticket", "commitment").iterator())
    if [act.payload.get("entrants") for act in _of_kind(acts, "frozen")] != [committed]:
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


def _erasure_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    """An act names each erased entry, or it was erased in the very second of a deletion as announced."""
    on_request = _by_ticket(acts, "erased")
    deletions = {act.occurred_at for act in _of_kind(acts, "deleted")}
    for entry in contest.entries.confirmed().filter(erased_at__isnull=False):
        if entry.ticket not in on_request and _at(entry.erased_at) not in deletions:
            yield f"The entry of ticket {entry.ticket[:8]} was erased, and no act says so."


def _reading_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    lines = contest.freeze.beacon_lines
    readings = Reading.objects.filter(freeze=contest.freeze).select_related("typed_by").order_by("pk")
    stored = [(each.beacon, _at(each.typed_at), staff_name(each.typed_by)) for each in readings]
    said = [(act.payload.get("beacon"), act.occurred_at, act.actor) for act in _of_kind(acts, "read")]
    if stored != said or any(each.beacon != _beacon_or_none(lines, each.lines) for each in readings):
        yield "The numbers as they were typed in are not those on record."
    outcome = getattr(contest.freeze, "outcome", None)
    drawn = [
        (act.payload.get("beacon"), act.payload.get("seed"), act.occurred_at)
        for act in _of_kind(acts, "drawn")
    ]
    if drawn != ([(outcome.beacon, outcome.seed, _at(outcome.drawn_at))] if outcome else []):
        yield "The outcome is not the one on record."


def _beacon_or_none(sources: list[tuple[str, str]], lines: list[str]) -> str | None:
    """The canonical form of typed lines; None for lines that nobody could have typed."""
    try:
        return verify.beacon_of(sources, lines)
    except (ValueError, TypeError):
        return None


def _freeze_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    frozen, numbers_at = contest.freeze, f"{contest.freeze.numbers_at:%Y-%m-%dT%H:%M:%SZ}"
    said = [(act.occurred_at, act.payload.get("numbers_at")) for act in _of_kind(acts, "frozen")]
    if said != [(_at(frozen.frozen_at), numbers_at)]:
        yield "The times of the freeze or of the numbers are not those on record."


def _disqualification_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    last = _by_ticket(acts, "disqualified", "reinstated")
    said = {ticket: act for ticket, act in last.items() if act.kind == "disqualified"}
    stored = {each.entry.ticket: each for each in Disqualification.objects.of_contest(contest)}
    held = set(contest.entries.values_list("ticket", flat=True))
    for ticket in sorted((said.keys() & held) - stored.keys()):
        yield f"Ticket {ticket[:8]} was disqualified, and that is not stored."
    for ticket, each in stored.items():
        act = said.get(ticket)
        names = " and ".join(filter(None, [each.decided_by, each.seconded_by]))
        stored_as = (each.reason, _at(each.disqualified_at), names)
        if act is None or stored_as != (act.payload.get("reason"), act.occurred_at, act.actor):
            yield f"The disqualification of ticket {ticket[:8]} is not the one on record."


def _award_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    offers = _by_ticket(acts, "offered")
    awards = Award.objects.filter(contest=contest).select_related("entry", "sent_prize__release__film")
    stored = {award.entry.ticket: award for award in awards}
    for ticket in sorted(offers.keys() - stored.keys()):
        yield f"The prize that was offered to ticket {ticket[:8]} is not stored."
    steps = {kind: _by_ticket(acts, kind) for kind in ("claimed", "sent", "arrived")}
    for ticket, award in stored.items():
        offer = offers.get(ticket)
        claim_by = offer and offer.occurred_at + timedelta(days=contest.claim_days)
        if offer is None or (_at(award.offered_at), _at(award.claim_by)) != (offer.occurred_at, claim_by):
            yield f"The award of ticket {ticket[:8]} is not as it was offered."
        yield from _step_problems(award, {kind: acts.get(ticket) for kind, acts in steps.items()})


def _step_problems(award: Award, acts: dict[str, AuditEvent | None]) -> Iterator[str]:
    ticket = award.entry.ticket[:8]
    for kind, act in acts.items():
        if _at(getattr(award, f"{kind}_at")) != (act and act.occurred_at):
            yield f"When the prize of ticket {ticket} {WORDS[kind]} is not as on record."
    claimed, sent = acts["claimed"], acts["sent"]
    if claimed and award.erased_at is None and claimed.payload.get("claim") != claim_hash(award):
        yield f"Name or address of the winner with ticket {ticket} are not those of the claim."
    if sent and sent.payload.get("prize") != str(award.sent_prize):
        yield f"The prize that was sent to ticket {ticket} is not the one on record."


WORDS: dict[str, Any] = {"claimed": "was claimed", "sent": "was sent", "arrived": "arrived"}
