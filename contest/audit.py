"""Checks of a contest's audit log and draw: hashes, list, seed and ranks must agree with each other."""

from collections.abc import Iterator
from typing import Any

from contest import verify
from contest.audit_rows import find_guard_problems, find_row_problems
from contest.models import Contest, Entry, Freeze
from contest.models.audit_log import GENESIS_HASH


def find_problems(contest: Contest) -> list[str]:
    """A sentence for each fault in the audit log and the draw of this contest; [] if there is none."""
    return [
        *_audit_log_problems(contest),
        *_list_problems(contest),
        *find_row_problems(contest),
        *find_guard_problems(),
    ]


def _audit_log_problems(contest: Contest) -> Iterator[str]:
    previous_hash = GENESIS_HASH
    for sequence, event in enumerate(contest.audit_log.in_order(), 1):
        if (event.sequence, event.previous_hash) != (sequence, previous_hash):
            yield f"Act {event.sequence} does not follow the one before it."
        if event.chain_hash != event.expected_hash():
            yield f"Act {event.sequence} is not what was sealed."
        previous_hash = event.chain_hash
    opened = contest.audit_log.filter(kind="opened").first()
    if opened and not any(rules.sha256 == opened.payload.get("rules") for rules in contest.rules.all()):
        yield "The rules it opened with are gone."


def _list_problems(contest: Contest) -> Iterator[str]:
    freeze = getattr(contest, "freeze", None)
    if freeze is None:
        return
    freezings = contest.audit_log.filter(kind="frozen")
    if [event.payload.get("manifest") for event in freezings] != [freeze.sha256]:
        yield "The manifest is not the one on record."
    try:
        fields, entries = verify.read_files(freeze.manifest_text, freeze.entries_text)
    except ValueError as error:
        yield str(error)
        return
    listed = Entry.objects.filter(contest=contest, weight__isnull=False)
    if sorted(listed.values_list("ticket", "weight")) != entries:
        yield "The entries we hold are not those of the list."
    if hasattr(freeze, "outcome"):
        yield from _draw_problems(contest, freeze, fields, entries)


def _draw_problems(
    contest: Contest, freeze: Freeze, fields: dict[str, Any], entries: list[tuple[str, int]]
) -> Iterator[str]:
    try:
        beacon = verify.beacon_of(fields["beacon"], freeze.outcome.lines)
    except (ValueError, TypeError):
        yield "The seed does not follow from the list and the numbers."
        return
    seed, ranking = verify.ranked(freeze.manifest_text, beacon, entries)
    if (beacon, seed) != (freeze.outcome.beacon, freeze.outcome.seed):
        yield "The seed does not follow from the list and the numbers."
    if [ticket for _, ticket, _ in ranking] != list(
        contest.entries.in_ranking_order().values_list("ticket", flat=True)
    ):
        yield "The order we hold is not the one that the numbers give."
