"""Checking what is on record against itself: seals, lists, seeds, ranks. For owners and auditors."""

from contest import verify
from contest.models import Entry
from contest.models.record import FIRST


def faults(contest):
    """Everything about this contest's record and draw that does not add up, as sentences; [] if all does."""
    return [*_record(contest), *_list(contest)]


def _record(contest):
    before = FIRST
    for number, act in enumerate(contest.acts.in_order(), 1):
        if (act.number, act.before) != (number, before):
            yield f"Act {act.number} does not follow the one before it."
        if act.seal != act.sealed():
            yield f"Act {act.number} is not what was sealed."
        before = act.seal
    opened = contest.acts.filter(kind="opened").first()
    if opened and not any(rules.sha256 == opened.details["rules"] for rules in contest.rules.all()):
        yield "The rules it opened with are gone."


def _list(contest):
    freeze = getattr(contest, "freeze", None)
    if freeze is None:
        return
    acts = contest.acts.filter(kind="frozen")
    if [act.details["manifest"] for act in acts] != [freeze.sha256]:
        yield "The manifest is not the one on record."
    try:
        fields, entries = verify.read_files(freeze.manifest, freeze.entries)
    except ValueError as error:
        yield str(error)
        return
    held = Entry.objects.filter(contest=contest, weight__isnull=False)
    if sorted(held.values_list("ticket", "weight")) != entries:
        yield "The entries we hold are not those of the list."
    if hasattr(freeze, "outcome"):
        yield from _draw(contest, freeze, fields, entries)


def _draw(contest, freeze, fields, entries):
    beacon = verify.beacon_of(fields["beacon"], freeze.outcome.lines)
    seed, ranking = verify.ranked(freeze.manifest, beacon, entries)
    if (beacon, seed) != (freeze.outcome.beacon, freeze.outcome.seed):
        yield "The seed does not follow from the list and the numbers."
    if [ticket for _, ticket, _ in ranking] != list(
        contest.entries.in_ranking_order().values_list("ticket", flat=True)
    ):
        yield "The order we hold is not the one that the numbers give."
