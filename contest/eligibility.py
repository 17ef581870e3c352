"""Which entries of a contest are in its draw, and with how many chances (their weight)."""

from collections.abc import Iterable
from typing import Any, cast

from contest.models import Contest


def weighted_tickets(contest: Contest) -> list[tuple[int, str, int]]:
    """(primary key, ticket, weight) of every entry that is in the draw, by the contest's eligibility rule."""
    entries = contest.entries.eligible()
    if contest.rest_days:
        entries = entries.without_recent_winners(contest)
    rule, rules = contest.eligibility, Contest.Eligibility
    if rule == rules.ALL:
        return [(pk, ticket, 1) for pk, ticket in entries.values_list("pk", "ticket")]
    rows = cast(Any, entries.with_scores()).values_list("pk", "ticket", "right", "asked")
    scored = [(pk, ticket, right or 0, asked or 0) for pk, ticket, right, asked in rows]
    if rule == rules.RIGHT:
        return [(pk, ticket, 1) for pk, ticket, right, asked in scored if right == asked]
    if rule == rules.CHANCES:
        return [(pk, ticket, min(1 + right, contest.max_chances)) for pk, ticket, right, _ in scored]
    cutoff = cutoff_score([right for *_, right, _ in scored], len(contest.prizes_in_order))
    return [(pk, ticket, 1) for pk, ticket, right, _ in scored if right >= cutoff]


def cutoff_score(scores: Iterable[int], prize_count: int) -> int:
    """The lowest score that is in the draw: the `prize_count`-th best, or 0 if there are no scores."""
    best = sorted(scores, reverse=True)[: max(prize_count, 1)]
    return min(best, default=0)
