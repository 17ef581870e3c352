"""
The freeze: from here on nobody comes onto the list and nobody leaves it, and the numbers do not exist yet.
"""

import math
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, JSONObject

from contest import beacons, verify
from contest.entering import contest_mail_context
from contest.models import AuditEvent, Contest, Freeze
from contest.models.contests import AUTO_FREEZE_LEAD, MIN_FREEZE_LEAD
from contest.opening import record_opening
from fans.models import Mail
from magazine.templatetags.magazine import site_datetime

BATCH_SIZE = 5_000  # rows a statement
WEEK = timedelta(weeks=1)


class NotAllowedNow(Exception):
    """An act whose time has not come, or is over; the text says what to do."""


class NumbersPlan(NamedTuple):
    """The public numbers that a list frozen now would hang on: `weeks` later than announced, mostly none."""

    weeks: int
    first_at: object
    beacon_lines: list


def plan_numbers(contest: Contest, now: datetime) -> NumbersPlan:
    """The sources as announced; weeks later, as many as it takes, where the list comes too late for them."""
    sources, weeks = list(contest.sources.all()), 0
    first = min(source.drawn_at for source in sources)
    while first + weeks * WEEK < now + MIN_FREEZE_LEAD:
        weeks += 1
    draw_times = [(source.game_spec, source.drawn_at + weeks * WEEK) for source in sources]
    # A lottery draws at its own hour, also in the week after the clocks have changed.
    draw_times = [(game, game.draw_time(at) if game.hour else at) for game, at in draw_times]
    lines = [line for game, at in draw_times for line in game.beacon_lines(at)]
    return NumbersPlan(weeks, min(at for _, at in draw_times), lines)


def freeze_due_contests(now: datetime) -> None:
    """Freeze what staff have left till shortly before its numbers are drawn."""
    for contest in Contest.objects.filter(freeze__isnull=True, audit_log__kind="opened").with_terms():
        if contest.numbers_at - AUTO_FREEZE_LEAD <= now and now >= contest.confirm_by:
            freeze(contest, now)


@transaction.atomic
def freeze(contest: Contest, now: datetime, actor: str = "") -> Freeze:
    """
    Freeze the list of tickets, publish what commits to it, and mail that to everybody who has entered.

    Raises `NotAllowedNow` before all confirmations are in, a second time, or with too little chance in the numbers.
    """
    contest = Contest.objects.with_terms().select_for_update(of=("self",)).get(pk=contest.pk)
    _check_time(contest, now)
    if not contest.audit_log.filter(kind="opened").exists():
        record_opening(contest, now)
    listed = sorted((ticket, weight, pk) for pk, ticket, weight in weighted_tickets(contest))
    total = sum(weight for _, weight, _ in listed)
    _check_entropy(contest, total)
    planned = plan_numbers(contest, now)
    if planned.weeks:
        AuditEvent.objects.append(
            contest, "moved", at=now, weeks=planned.weeks, sources=[name for _, name in planned.beacon_lines]
        )
    frozen = _store_freeze(contest, now, planned, listed)
    bulk_set_column("weight", [(weight, pk) for _, weight, pk in listed])
    AuditEvent.objects.append(
        contest, "frozen", actor, at=now, manifest=frozen.sha256, entries=len(listed), weight=total
    )
    _purge_moderation_data(contest)
    _mail_fingerprint(contest, frozen, len(listed), planned)
    return frozen


def _store_freeze(
    contest: Contest, now: datetime, planned: NumbersPlan, listed: list[tuple[str, int, int]]
) -> Freeze:
    entries_text = "".join(f"{ticket} {weight}\n" for ticket, weight, _ in listed)
    manifest_text = _manifest_text(contest, now, planned, entries_text)
    verify.read_files(manifest_text, entries_text)  # what we publish must pass what we publish
    return Freeze.objects.create(
        contest=contest,
        frozen_at=now,
        numbers_at=planned.first_at,
        manifest_text=manifest_text,
        entries_text=entries_text,
    )


def _check_time(contest: Contest, now: datetime) -> None:
    if now < contest.confirm_by:
        raise NotAllowedNow(f"Late confirmations are taken until {site_datetime(contest.confirm_by)}.")
    if Freeze.objects.filter(contest=contest).exists():
        raise NotAllowedNow("The list is frozen already.")


def weighted_tickets(contest: Contest) -> list[tuple[int, str, int]]:
    """(entry pk, ticket, chances) of every entry that is in the draw, by what counts in this contest."""
    entries = contest.entries.eligible()
    entries = entries.without_recent_winners(contest) if contest.rest_days else entries
    Eligibility = Contest.Eligibility
    if contest.eligibility == Eligibility.ALL:
        return [(*row, 1) for row in entries.values_list("pk", "ticket")]
    scored = list(entries.with_scores().values_list("pk", "ticket", "right", "asked"))
    scored = [(pk, ticket, right or 0, asked or 0) for pk, ticket, right, asked in scored]
    if contest.eligibility == Eligibility.RIGHT:
        return [(pk, ticket, 1) for pk, ticket, right, asked in scored if right == asked]
    if contest.eligibility == Eligibility.CHANCES:
        return [(pk, ticket, min(1 + right, contest.max_chances)) for pk, ticket, right, _ in scored]
    cutoff = cutoff_score([right for *_, right, _ in scored], len(contest.prizes_in_order))
    return [(pk, ticket, 1) for pk, ticket, right, _ in scored if right >= cutoff]


def cutoff_score(scores: list[int], prizes: int) -> int:
    """The score from which on entries are in: the best, lowered till there is one for every prize."""
    best = sorted(scores, reverse=True)[: max(prizes, 1)]
    return min(best, default=0)


def _check_entropy(contest: Contest, total: int) -> None:
    needed = math.log2(max(total, 1)) + beacons.ENTROPY_MARGIN_BITS
    if contest.entropy_bits < needed:
        raise NotAllowedNow(
            f"The numbers hold {contest.entropy_bits:.0f} bits of chance, and {total} chances want {needed:.0f}. "
            "No fair draw can be made of them."
        )


def _manifest_text(contest: Contest, now: datetime, planned: NumbersPlan, entries_text: str) -> str:
    weights = [int(line[65:]) for line in entries_text.splitlines()]
    rules = contest.audit_log.get(kind="opened").payload["rules"]
    fields = {
        "draw": contest.draw_id,
        "rules-sha256": rules,
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


def bulk_set_column(column: str, rows: list[tuple[int, int]]) -> None:
    """Set a number in many entries; `rows` are (value, entry pk)."""
    with connection.cursor() as cursor:
        for batch in batched(rows, BATCH_SIZE, strict=False):
            cursor.executemany(f"UPDATE contest_entry SET {column} = %s WHERE id = %s", batch)  # noqa: S608


def _purge_moderation_data(contest: Contest) -> None:
    """What only the look before the freeze needed."""
    contest.entries.exclude(network_pseudonym="").update(network_pseudonym="", doubts="")
    contest.entries.unconfirmed().delete()


def _mail_fingerprint(contest: Contest, frozen: Freeze, ticket_count: int, planned: NumbersPlan) -> None:
    """So mailboxes everywhere hold, with a date of their own, what the list was before the numbers were."""
    context = contest_mail_context(contest) | {
        "manifest_sha256": frozen.sha256,
        "entries": ticket_count,
        "numbers_at": _iso(frozen.numbers_at),
        "sources": [name for _, name in planned.beacon_lines],
        "proof": contest.page_urls["proof"],
        "ineligible_reason": contest.ineligible_reason,
    }
    Mail.objects.enqueue_for_rows(
        contest.entries.confirmed().annotate(
            mail_key=Concat(Value("contest frozen "), Cast("pk", CharField())),
            mail_to=F("email"),
            mail_context=JSONObject(name="name", ticket="ticket", weight="weight"),
        ),
        "contest/mail/frozen",
        context,
    )
