"""
The freeze: stores and publishes the final list of tickets, before the beacon that decides the draw exists.

After it, triggers let no ticket onto the list or off it. The manifest contains the hash of the list, and its
own hash (the fingerprint) is mailed to every entrant, so that any entrant could prove a draw from another
list to be false.
"""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, JSONObject

from contest import beacons, verify
from contest.commitments import ENTRY_FIELDS, hash_of_values, list_hash
from contest.eligibility import weighted_tickets
from contest.entering import contest_mail_context
from contest.models import AuditEvent, Contest, Freeze, Threshold
from contest.models.schedule import AUTO_FREEZE_LEAD, MIN_FREEZE_LEAD
from contest.opening import record_opening
from fans.models import Mail
from magazine.templatetags.magazine import site_datetime

BATCH_SIZE = 5_000  # rows in one executemany()
WEEK = timedelta(weeks=1)


class NotAllowedNow(Exception):
    """The step cannot be done yet, or no longer. The message is shown to staff."""


class NumbersPlan(NamedTuple):
    """The beacon of a list that is frozen now; `weeks` counts how much later than announced it is drawn."""

    weeks: int
    first_at: datetime
    beacon_lines: list[tuple[str, str]]


def plan_numbers(contest: Contest, now: datetime) -> NumbersPlan:
    """
    Choose the beacon for a freeze at `now`.

    It must not be known at the freeze, so no source may be drawn earlier than `MIN_FREEZE_LEAD` after `now`.
    If the announced times are too early for that, because the freeze is late, all sources are moved by the
    smallest number of whole weeks that is enough.
    """
    sources, weeks = list(contest.sources.all()), 0
    first = min(source.drawn_at for source in sources)
    while first + weeks * WEEK < now + MIN_FREEZE_LEAD:
        weeks += 1
    # `draw_time` keeps the local hour of a lottery if daylight saving time begins or ends in between.
    draw_times = [
        (source.game_spec, source.game_spec.draw_time(source.drawn_at + weeks * WEEK)) for source in sources
    ]
    lines = [line for game, at in draw_times for line in game.beacon_lines(at)]
    return NumbersPlan(weeks, min(at for _, at in draw_times), lines)


def freeze_due_contests(now: datetime) -> None:
    """Freeze the contests that staff have not frozen though their beacon is only `AUTO_FREEZE_LEAD` away."""
    for contest in Contest.objects.filter(freeze__isnull=True, audit_log__kind="opened").with_terms():
        numbers_at = contest.numbers_at
        if numbers_at and numbers_at - AUTO_FREEZE_LEAD <= now and now >= contest.confirm_by:
            freeze(contest, now)


@transaction.atomic
def freeze(contest: Contest, now: datetime, actor: str = "") -> Freeze:
    """
    Freeze the list of tickets, publish it with its manifest, and mail the manifest's hash to all entrants.

    `actor` is the name of the member of staff who did it, "" for the worker. Raises `NotAllowedNow` before
    `Contest.confirm_by`, if the list is frozen already, or if the beacon holds too little entropy for the
    total weight of the list.
    """
    contest = Contest.objects.with_terms().select_for_update(of=("self",)).get(pk=contest.pk)
    _check_time(contest, now)
    record_opening(contest, now)
    listed = sorted((ticket, weight, pk) for pk, ticket, weight in weighted_tickets(contest))
    total = sum(weight for _, weight, _ in listed)
    _check_entropy(contest, total)
    planned = plan_numbers(contest, now)
    _record_moved_numbers(contest, planned, now)
    frozen = _store_freeze(contest, now, planned, listed)
    bulk_set_column("weight", [(weight, pk) for _, weight, pk in listed])
    payload = {"manifest": frozen.sha256, "entries": len(listed), "weight": total}
    payload |= {"numbers_at": _iso(frozen.numbers_at), "entrants": _commit_entries(contest)}
    payload["readers"] = _readers_needed(contest)
    AuditEvent.objects.append(contest, "frozen", actor, at=now, **payload)
    _purge_moderation_data(contest)
    _mail_fingerprint(contest, frozen, len(listed), planned)
    return frozen


def _check_time(contest: Contest, now: datetime) -> None:
    if now < contest.confirm_by:
        raise NotAllowedNow(f"Late confirmations are taken until {site_datetime(contest.confirm_by)}.")
    if Freeze.objects.filter(contest=contest).exists():
        raise NotAllowedNow("The list is frozen already.")


def _check_entropy(contest: Contest, total: int) -> None:
    """Raise `NotAllowedNow` if the beacon holds too little entropy to decide fairly among `total` chances."""
    needed = math.log2(max(total, 1)) + beacons.ENTROPY_MARGIN_BITS
    if contest.entropy_bits < needed:
        raise NotAllowedNow(
            f"The numbers hold {contest.entropy_bits:.0f} bits of chance, "
            f"and {total} chances want {needed:.0f}. No fair draw can be made of them."
        )


def _record_moved_numbers(contest: Contest, planned: NumbersPlan, now: datetime) -> None:
    """Add an event to the audit log if the beacon is drawn later than announced."""
    if planned.weeks:
        sources = [name for _, name in planned.beacon_lines]
        AuditEvent.objects.append(contest, "moved", at=now, weeks=planned.weeks, sources=sources)


def _store_freeze(
    contest: Contest, now: datetime, planned: NumbersPlan, listed: list[tuple[str, int, int]]
) -> Freeze:
    """
    Store the list and its manifest. `listed` has (ticket, weight, primary key), sorted by ticket.

    Raises `ValueError` if the published script would not accept these files.
    """
    entries_text = "".join(f"{ticket} {weight}\n" for ticket, weight, _ in listed)
    manifest_text = _manifest_text(contest, now, planned, entries_text)
    verify.read_files(manifest_text, entries_text)
    return Freeze.objects.create(
        contest=contest,
        frozen_at=now,
        numbers_at=planned.first_at,
        manifest_text=manifest_text,
        entries_text=entries_text,
    )


def _manifest_text(contest: Contest, now: datetime, planned: NumbersPlan, entries_text: str) -> str:
    """The text of the manifest, in the format that `verify.read_files` reads (SPEC 2)."""
    weights = [int(line[65:]) for line in entries_text.splitlines()]
    fields = {
        "draw": contest.draw_id,
        "rules-sha256": contest.audit_log.get(kind="opened").payload["rules"],
        "opened": _iso(contest.opens_at),
        "closed": _iso(contest.closes_at),
        "frozen": _iso(now),
        "entries": len(weights),
        "weight": sum(weights),
        "max-weight": contest.max_weight,
        "prizes": len(contest.prizes_in_order),
        "entries-sha256": verify.sha(entries_text),
    }
    lines = [verify.SCHEME, *(f"{name}: {value}" for name, value in fields.items())]
    lines += [f"beacon: {kind} {name}" for kind, name in planned.beacon_lines]
    return "".join(f"{line}\n" for line in lines)


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _readers_needed(contest: Contest) -> int:
    """How many people must type in the numbers: two where the prizes are worth more than a threshold."""
    return 2 if any(contest.total_value > each.above for each in Threshold.objects.for_readers()) else 1


def _commit_entries(contest: Contest) -> str:
    """Store the commitment of every confirmed entry. Returns the hash of them all."""
    rows = contest.entries.confirmed().order_by("ticket").values_list("pk", *ENTRY_FIELDS)
    committed = [(hash_of_values(values), pk) for pk, *values in rows.iterator(BATCH_SIZE)]
    bulk_set_column("commitment", committed)
    stored = contest.entries.confirmed().order_by("ticket").values_list("ticket", "commitment")
    return list_hash(stored.iterator(BATCH_SIZE))


def bulk_set_column(column: str, rows: Iterable[tuple[int | str, int]]) -> None:
    """Set a column of many entries; `rows` are (value, primary key of the entry)."""
    with connection.cursor() as cursor:
        for batch in batched(rows, BATCH_SIZE, strict=False):
            cursor.executemany(f"UPDATE contest_entry SET {column} = %s WHERE id = %s", batch)  # noqa: S608


def _purge_moderation_data(contest: Contest) -> None:
    """Delete unconfirmed entries, and the network and doubts of the others: moderation is over."""
    contest.entries.exclude(network_pseudonym="").update(network_pseudonym="", doubts="")
    contest.entries.unconfirmed().delete()


def _mail_fingerprint(contest: Contest, frozen: Freeze, ticket_count: int, planned: NumbersPlan) -> None:
    """
    Enqueue a mail with the manifest's hash to every confirmed entrant.

    The date of the mail proves that the list existed before the beacon.
    """
    context = contest_mail_context(contest) | {
        "manifest_sha256": frozen.sha256,
        "entries": ticket_count,
        "numbers_at": _iso(frozen.numbers_at),
        "sources": [name for _, name in planned.beacon_lines],
        "proof": contest.page_urls["proof"],
        "ineligible_reason": contest.ineligible_reason,
    }
    rows = contest.entries.confirmed().annotate(
        mail_key=Concat(Value("contest frozen "), Cast("pk", CharField())),
        mail_to=F("email"),
        mail_context=JSONObject(name="name", ticket="ticket", weight="weight"),
    )
    Mail.objects.enqueue_for_rows(rows, "contest/mail/frozen", context)
