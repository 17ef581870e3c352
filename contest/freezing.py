"""
The freeze: from here on nobody comes onto the list and nobody leaves it, and the numbers do not exist yet.
"""

import math
from datetime import UTC, timedelta
from itertools import batched
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, JSONObject

from contest import beacons, verify
from contest.entering import contest_context
from contest.models import Act, Contest, Freeze
from contest.models.contests import FREEZE_BEFORE, FREEZE_BY_ITSELF
from contest.opening import record_opening
from fans.models import Mail
from magazine.templatetags.magazine import site_datetime

TOGETHER = 5_000  # rows a statement
WEEK = timedelta(weeks=1)


class NotNow(Exception):
    """An act whose time has not come, or is over; the text says what to do."""


class Plan(NamedTuple):
    """The public numbers that a list frozen now would hang on: `weeks` later than announced, mostly none."""

    weeks: int
    at: object
    lines: list


def plan(contest, now):
    """The sources as announced; weeks later, as many as it takes, where the list comes too late for them."""
    sources, weeks = list(contest.sources.all()), 0
    first = min(source.at for source in sources)
    while first + weeks * WEEK < now + FREEZE_BEFORE:
        weeks += 1
    moments = [(source.game_of, source.at + weeks * WEEK) for source in sources]
    # A lottery draws at its own hour, also in the week after the clocks have changed.
    moments = [(game, game.instant(moment) if game.hour else moment) for game, moment in moments]
    lines = [line for game, moment in moments for line in game.named(moment)]
    return Plan(weeks, min(moment for _, moment in moments), lines)


def freeze_due(now):
    """Freeze what staff have left till shortly before its numbers are drawn."""
    for contest in Contest.objects.filter(freeze__isnull=True, acts__kind="opened").with_terms():
        if contest.numbers_at - FREEZE_BY_ITSELF <= now and now >= contest.confirm_by:
            freeze(contest, now)


@transaction.atomic
def freeze(contest, now, by=""):
    """
    Freeze the list of tickets, publish what commits to it, and mail that to everybody who has entered.

    Raises `NotNow` before all confirmations are in, a second time, or with too little chance in the numbers.
    """
    contest = Contest.objects.with_terms().select_for_update(of=("self",)).get(pk=contest.pk)
    _check_time(contest, now)
    if not contest.acts.filter(kind="opened").exists():
        record_opening(contest, now)
    listed = sorted((ticket, weight, pk) for pk, ticket, weight in weights(contest))
    total = sum(weight for _, weight, _ in listed)
    _check_chance(contest, total)
    planned = plan(contest, now)
    if planned.weeks:
        Act.objects.enter(
            contest, "moved", at=now, weeks=planned.weeks, sources=[name for _, name in planned.lines]
        )
    frozen = _write_down(contest, now, planned, listed)
    set_all("weight", [(weight, pk) for _, weight, pk in listed])
    Act.objects.enter(
        contest, "frozen", by, at=now, manifest=frozen.sha256, entries=len(listed), weight=total
    )
    _forget_networks(contest)
    _mail_fingerprint(contest, frozen, len(listed), planned)
    return frozen


def _write_down(contest, now, planned, listed):
    entries = "".join(f"{ticket} {weight}\n" for ticket, weight, _ in listed)
    manifest = _manifest(contest, now, planned, entries)
    verify.read_files(manifest, entries)  # what we publish must pass what we publish
    return Freeze.objects.create(
        contest=contest, frozen_at=now, numbers_at=planned.at, manifest=manifest, entries=entries
    )


def _check_time(contest, now):
    if now < contest.confirm_by:
        raise NotNow(f"Late confirmations are taken until {site_datetime(contest.confirm_by)}.")
    if Freeze.objects.filter(contest=contest).exists():
        raise NotNow("The list is frozen already.")


def weights(contest):
    """(number, ticket, chances) of every entry that is in the draw, by what counts in this contest."""
    entries = contest.entries.standing()
    entries = entries.rested(contest) if contest.rest_days else entries
    Counts = Contest.Counts
    if contest.counts == Counts.ALL:
        return [(*row, 1) for row in entries.values_list("pk", "ticket")]
    scored = list(entries.with_scores().values_list("pk", "ticket", "right", "asked"))
    scored = [(pk, ticket, right or 0, asked or 0) for pk, ticket, right, asked in scored]
    if contest.counts == Counts.RIGHT:
        return [(pk, ticket, 1) for pk, ticket, right, asked in scored if right == asked]
    if contest.counts == Counts.CHANCES:
        return [(pk, ticket, min(1 + right, contest.most_chances)) for pk, ticket, right, _ in scored]
    bar = best_bar([right for *_, right, _ in scored], len(contest.places))
    return [(pk, ticket, 1) for pk, ticket, right, _ in scored if right >= bar]


def best_bar(scores, prizes):
    """The score from which on entries are in: the best, lowered till there is one for every prize."""
    best = sorted(scores, reverse=True)[: max(prizes, 1)]
    return min(best, default=0)


def _check_chance(contest, total):
    needed = math.log2(max(total, 1)) + beacons.SPARE_BITS
    if contest.bits < needed:
        raise NotNow(
            f"The numbers hold {contest.bits:.0f} bits of chance, and {total} chances want {needed:.0f}. "
            "No fair draw can be made of them."
        )


def _manifest(contest, now, planned, entries):
    weights = [int(line[65:]) for line in entries.splitlines()]
    rules = contest.acts.get(kind="opened").details["rules"]
    fields = {
        "draw": contest.draw,
        "rules-sha256": rules,
        "opened": _iso(contest.opens_at),
        "closed": _iso(contest.closes_at),
        "frozen": _iso(now),
        "entries": len(weights),
        "weight": sum(weights),
        "max-weight": contest.heaviest,
        "prizes": len(contest.places),
        "entries-sha256": verify.sha(entries),
    }
    lines = [verify.SCHEME, *(f"{name}: {value}" for name, value in fields.items())]
    lines += [f"beacon: {kind} {name}" for kind, name in planned.lines]
    return "".join(f"{line}\n" for line in lines)


def _iso(moment):
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def set_all(column, rows):
    """Set a number in many entries; `rows` are (number, entry)."""
    with connection.cursor() as cursor:
        for some in batched(rows, TOGETHER, strict=False):
            cursor.executemany(f"UPDATE contest_entry SET {column} = %s WHERE id = %s", some)  # noqa: S608


def _forget_networks(contest):
    """What only the look before the freeze needed."""
    contest.entries.exclude(network="").update(network="", doubts="")
    contest.entries.waiting().delete()


def _mail_fingerprint(contest, frozen, many, planned):
    """So mailboxes everywhere hold, with a date of their own, what the list was before the numbers were."""
    told = contest_context(contest) | {
        "manifest_sha256": frozen.sha256,
        "entries": many,
        "numbers_at": _iso(frozen.numbers_at),
        "sources": [name for _, name in planned.lines],
        "proof": contest.pages["proof"],
        "why_not_drawn": contest.why_not_drawn,
    }
    Mail.objects.enqueue_for_rows(
        contest.entries.confirmed().annotate(
            mail_key=Concat(Value("contest frozen "), Cast("pk", CharField())),
            mail_to=F("email"),
            mail_context=JSONObject(name="name", ticket="ticket", weight="weight"),
        ),
        "contest/mail/frozen",
        told,
    )
