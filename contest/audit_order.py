"""Checks of what was offered and erased, against the order of the draw and the acts of the audit log."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from contest.models import AuditEvent, Contest

EAST = timedelta(days=1)  # east of UTC the next day may have begun already


def of_kind(acts: list[AuditEvent], *kinds: str) -> list[AuditEvent]:
    """The acts of these kinds, in order."""
    return [act for act in acts if act.kind in kinds]


def by_ticket(acts: list[AuditEvent], *kinds: str) -> dict[str, AuditEvent]:
    """The last act of these kinds on each ticket."""
    return {act.payload.get("ticket", ""): act for act in of_kind(acts, *kinds)}


def stored_time(moment: datetime | None) -> datetime | None:
    """A stored time as an act has it: without microseconds."""
    return moment and moment.replace(microsecond=0)


class OrderOfOffers:
    """
    Who is offered a prize next: the first of the placed tickets that was offered nothing.

    Disqualified tickets have no place, and an erased entry is passed over, since nobody can be reached.
    """

    def __init__(self, contest: Contest) -> None:
        order = list(contest.entries.in_ranking_order().values_list("ticket", "erased_at"))
        self.order = [ticket for ticket, _ in order]
        self.unreachable = {ticket for ticket, erased_at in order if erased_at}
        self.prizes = len(contest.prizes_in_order)
        self.disqualified: set[str] = set()
        self.offered: set[str] = set()

    def next_ticket(self) -> str | None:
        """The ticket that is next; None if every place has its offer."""
        placed = islice((ticket for ticket in self.order if ticket not in self.disqualified), self.prizes)
        done = self.offered | self.unreachable
        return next((ticket for ticket in placed if ticket not in done), None)

    def follow(self, act: AuditEvent) -> bool:
        """Take an act into account. Returns False for an offer to a ticket that was not next."""
        ticket = act.payload.get("ticket", "")
        if act.kind == "disqualified":
            self.disqualified.add(ticket)
        elif act.kind == "reinstated":
            self.disqualified.discard(ticket)
        else:
            was_next = ticket in self.unreachable or ticket == self.next_ticket()
            self.offered.add(ticket)
            return was_next
        return True


def find_offer_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    """A sentence for each offer to a ticket that was not next, and for a ticket that was passed over."""
    offers = OrderOfOffers(contest)
    for act in of_kind(acts, "disqualified", "reinstated", "offered"):
        if not offers.follow(act):
            ticket = act.payload.get("ticket", "")
            yield f"The prize was offered to ticket {ticket[:8]}, which was not next in the order."
    left_out = offers.next_ticket()
    if left_out and len(offers.offered) < offers.prizes + contest.alternates:
        yield f"Ticket {left_out[:8]} is next in the order and was offered no prize."


def find_erasure_problems(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    """An act names each erased entry and its time, or one says how many were deleted then, as announced."""
    on_request = {ticket: act.occurred_at for ticket, act in by_ticket(acts, "erased").items()}
    announced: Counter[datetime | None] = Counter()
    for act in of_kind(acts, "deleted"):
        announced[act.occurred_at] += act.payload.get("entries", 0)
    yield from _early_deletions(contest, acts)
    deleted: Counter[datetime | None] = Counter()
    for ticket, erased_at in contest.entries.confirmed().erased().values_list("ticket", "erased_at"):
        time = stored_time(erased_at)
        if on_request.get(ticket) == time:
            continue
        deleted[time] += 1
        if time not in announced:
            yield f"The entry of ticket {ticket[:8]} was erased, and no act says so."
    if any(deleted[time] != count for time, count in announced.items()):
        yield "Not as many entries were deleted as the acts say."


def _early_deletions(contest: Contest, acts: list[AuditEvent]) -> Iterator[str]:
    day = contest.entries_deleted_on
    if day and any(act.occurred_at.date() + EAST < day for act in of_kind(acts, "deleted")):
        yield "Entries were deleted before the day that the rules name."
