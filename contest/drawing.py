"""The draw: two readings of the beacon that agree make the outcome, with a rank for every ticket."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contest import verify
from contest.awarding import offer_due_prizes
from contest.freezing import NotAllowedNow, bulk_set_column
from contest.models import AuditEvent, Contest, Disqualification, Freeze, Outcome, Reading
from magazine.roles import staff_name
from magazine.templatetags.magazine import site_datetime

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from contest.beacons import BeaconLine


def beacon_inputs(contest: Contest) -> list[tuple[str, "BeaconLine"]]:
    """The lines to type in: (name in the manifest, format), in order."""
    names = [name for _, name in contest.freeze.beacon_lines]
    return list(zip(names, contest.beacon_line_formats(), strict=True))


@transaction.atomic
def record_reading(
    contest: Contest, lines: list[str], user: "User", now: datetime, *, second_reader: bool
) -> Outcome | None:
    """
    Store a reading of the beacon by `user`. Return the `Outcome` if an earlier reading agrees, else None.

    With `second_reader` (somebody else may draw as well), and where the freeze says that two people are
    needed, only the readings of others count as earlier ones. Raises `NotAllowedNow` before the beacon can
    exist, and once the contest is drawn.
    """
    Contest.objects.select_for_update().get(pk=contest.pk)
    frozen = Freeze.objects.select_related("contest").get(contest=contest)
    _check_may_draw(frozen, now)
    beacon = verify.beacon_of(frozen.beacon_lines, lines)
    needs_colleague = second_reader or needs_two_readers(contest)
    others = frozen.readings.exclude(typed_by=user) if needs_colleague else frozen.readings.all()
    agrees = others.filter(beacon=beacon).exists()
    Reading.objects.create(freeze=frozen, lines=lines, beacon=beacon, typed_by=user, typed_at=now)
    AuditEvent.objects.append(contest, "read", staff_name(user), at=now, beacon=beacon)
    return _draw(frozen, lines, beacon, now) if agrees else None


def needs_two_readers(contest: Contest) -> bool:
    """Whether two people must type in the numbers, as was recorded when the list was frozen."""
    frozen = contest.audit_log.filter(kind="frozen").first()
    return frozen is not None and frozen.payload.get("readers") == 2


def _check_may_draw(frozen: Freeze, now: datetime) -> None:
    if now < frozen.numbers_at:
        raise NotAllowedNow(f"The first of the numbers is drawn on {site_datetime(frozen.numbers_at)}.")
    if Outcome.objects.filter(freeze=frozen).exists():
        raise NotAllowedNow("This contest is drawn already. There is no second draw.")


def _draw(frozen: Freeze, lines: Sequence[str], beacon: str, now: datetime) -> Outcome:
    """Store the outcome and the rank of every ticket, and offer the prizes."""
    _, entries = verify.read_files(frozen.manifest_text, frozen.entries_text)
    seed, ranking = verify.ranked(frozen.manifest_text, beacon, entries)
    outcome = Outcome.objects.create(freeze=frozen, lines=lines, beacon=beacon, seed=seed, drawn_at=now)
    pk_by_ticket = dict(frozen.contest.entries.exclude(ticket="").values_list("ticket", "pk"))
    bulk_set_column("rank", [(rank, pk_by_ticket[ticket]) for rank, (_, ticket, _) in enumerate(ranking, 1)])
    AuditEvent.objects.append(frozen.contest, "drawn", at=now, beacon=beacon, seed=seed)
    offer_due_prizes(frozen.contest, now)
    return outcome


def disqualified_text(contest: Contest) -> str:
    """The text of disqualified.txt: the disqualified tickets of the frozen list, the oldest first."""
    listed = Disqualification.objects.of_contest(contest).filter(entry__weight__isnull=False)
    return "".join(
        f"{disqualification.entry.ticket} {disqualification.reason}\n" for disqualification in listed
    )
