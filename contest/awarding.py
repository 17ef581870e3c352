"""
Prizes, from the order of the draw to the door: offered, reminded of, claimed, handed on, sent.

Who gets what follows from the order and from who is out: nobody is chosen here, and nobody drawn anew.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from contest.entering import mail_context
from contest.models import AuditEvent, Award, Disqualification, Entry, Prize
from fans.models import Mail
from magazine.templatetags.magazine import site_datetime

if TYPE_CHECKING:
    from contest.models import Contest

LAST_REMINDER_BEFORE = timedelta(hours=48)  # before the time to claim is over, and in its last quarter


class Placement(NamedTuple):
    """Whose turn it is at a place, and what is to be won there. `place` begins at 1."""

    place: int
    entry: Entry
    prize: Prize


def placements(contest: "Contest") -> list[Placement]:
    """The places that are taken, in order: the tickets that are in, and what each gets."""
    eligible = contest.entries.in_ranking_order().filter(disqualification__isnull=True)
    entries = eligible.select_related("award__sent_prize", "region")[: len(contest.prizes_in_order)]
    return [
        Placement(place, entry, prize)
        for place, (entry, prize) in enumerate(zip(entries, contest.prizes_in_order, strict=False), 1)
    ]


def offer_due_prizes(contest: "Contest", now: datetime) -> None:
    """Offer every place to the ticket whose turn it is, as far as the alternates of the rules go."""
    offered = contest.awards.count()
    max_offers = len(contest.prizes_in_order) + contest.alternates
    for placement in placements(contest):
        if not hasattr(placement.entry, "award") and not placement.entry.erased_at and offered < max_offers:
            _offer_prize(contest, placement, now)
            offered += 1


def _offer_prize(contest: "Contest", placement: Placement, now: datetime) -> None:
    claim_by = now + timedelta(days=contest.claim_days)
    award = Award.objects.create(contest=contest, entry=placement.entry, offered_at=now, claim_by=claim_by)
    AuditEvent.objects.append(
        contest, "offered", at=now, ticket=placement.entry.ticket, place=placement.place
    )
    _post_mail(award, placement, "won")


def disqualify(
    entry: Entry, reason: Disqualification.Reason | str, now: datetime, *names: Any, note: str = ""
) -> None:
    """
    Take a ticket out for a reason of the closed list, on record; once. `names` are the staff who say so.

    After the draw everybody behind moves up, is told where that changes the prize, and the next is asked.
    """
    with transaction.atomic():
        decided_by, seconded_by, *_ = [*names, "", ""]
        fields = {
            "reason": reason,
            "disqualified_at": now,
            "decided_by": decided_by,
            "seconded_by": seconded_by,
            "note": note,
        }
        releases_before = _releases_by_entry(entry.contest)
        _, created = Disqualification.objects.get_or_create(entry=entry, defaults=fields)
        if not created:
            return
        actor = " and ".join(filter(None, names))
        AuditEvent.objects.append(
            entry.contest, "disqualified", actor, at=now, ticket=entry.ticket, reason=reason
        )
        if entry.rank is not None:
            _notify_moved_up(entry.contest, releases_before)
            offer_due_prizes(entry.contest, now)


def reinstate(disqualification: Disqualification, actor: str, now: datetime) -> None:
    """Take a disqualification back, on record; the database allows it only before the freeze."""
    entry = disqualification.entry
    with transaction.atomic():
        disqualification.delete()
        AuditEvent.objects.append(entry.contest, "reinstated", actor, at=now, ticket=entry.ticket)


def claim(award: Award, fields: dict[str, str], now: datetime) -> bool:
    """Store where the prize goes; `fields` are those of the claim form."""
    with transaction.atomic():
        claimable = Award.objects.unclaimed().filter(pk=award.pk, claim_by__gt=now)
        if not claimable.update(claimed_at=now, **fields):
            return False
        award.refresh_from_db()
        AuditEvent.objects.append(award.contest, "claimed", at=now, ticket=award.entry.ticket)
        placement = placement_of(award)
        _post_mail(award, placement, "claimed")
        return True


def placement_of(award: Award) -> Placement:
    """The place of an award as the order stands now; None once its ticket is out."""
    return next(
        (placement for placement in placements(award.contest) if placement.entry.pk == award.entry_id), None
    )


def settled_placements(contest: "Contest") -> list[Placement]:
    """
    The placements whose prize can no longer change: everybody before them has claimed.

    Only these are sent; a place further back may yet move up.
    """
    settled = []
    for placement in placements(contest):
        if not hasattr(placement.entry, "award") or placement.entry.award.claimed_at is None:
            break
        settled.append(placement)
    return settled


def record_sent(award: Award, now: datetime, actor: str, tracking: str = "") -> bool:
    """Note that a prize is on its way; False for one that is not settled, or sent already."""
    placement = next(
        (
            placement
            for placement in settled_placements(award.contest)
            if placement.entry.pk == award.entry_id
        ),
        None,
    )
    if placement is None:
        return False
    with transaction.atomic():
        unsent = Award.objects.filter(pk=award.pk, sent_at__isnull=True)
        if not unsent.update(sent_at=now, sent_prize=placement.prize, tracking=tracking):
            return False
        AuditEvent.objects.append(
            award.contest, "sent", actor, at=now, ticket=award.entry.ticket, prize=str(placement.prize)
        )
        award.refresh_from_db()
        _post_mail(award, placement, "sent")
        return True


def record_arrived(award: Award, now: datetime, actor: str = "") -> bool:
    """Note that a prize has arrived, as its winner says, or the staff."""
    with transaction.atomic():
        in_transit = Award.objects.filter(pk=award.pk, sent_at__isnull=False, arrived_at__isnull=True)
        if not in_transit.update(arrived_at=now):
            return False
        AuditEvent.objects.append(award.contest, "arrived", actor, at=now, ticket=award.entry.ticket)
        return True


def expire_overdue_awards(now: datetime) -> None:
    """Hand on what was not claimed in time."""
    for award in Award.objects.overdue(now).in_order():
        disqualify(award.entry, Disqualification.Reason.NO_ANSWER, now)


def send_due_reminders(now: datetime) -> None:
    """Remind winners at half of their time, and two days before its end."""
    for award in Award.objects.unclaimed().filter(claim_by__gt=now, reminders__lt=2).in_order():
        claim_time = award.claim_by - award.offered_at
        last_reminder_at = max(award.claim_by - claim_time / 4, award.claim_by - LAST_REMINDER_BEFORE)
        reminders_due = (now >= award.offered_at + claim_time / 2) + (now >= last_reminder_at)
        if reminders_due > award.reminders:
            with transaction.atomic():
                Award.objects.filter(pk=award.pk).update(reminders=reminders_due)
                _post_mail(award, placement_of(award), "reminder", str(reminders_due))


def winners_list(contest: "Contest") -> list[tuple[int, Prize, str, Award]]:
    """The winners' list: (place, prize, how they are named, award); those who have claimed, in order."""
    return [
        (
            placement.place,
            placement.prize,
            placement.entry.award.listed_as or _anonymous_name(placement.entry),
            placement.entry.award,
        )
        for placement in placements(contest)
        if hasattr(placement.entry, "award") and placement.entry.award.claimed_at
    ]


def listed_name(full_name: str, town: str) -> str:
    """First name, initial, town: "Ana M., Tempe"."""
    first, *others = full_name.split()
    initial = f" {others[-1][0].upper()}." if others else ""
    return f"{first}{initial}, {town}"


def _anonymous_name(entry: Entry) -> str:
    return f"A reader in {entry.region.name}" if entry.region else "A reader"


def _releases_by_entry(contest: "Contest") -> dict[int, int]:
    return (
        {placement.entry.pk: placement.prize.release_id for placement in placements(contest)}
        if hasattr(contest, "freeze")
        else {}
    )


def _notify_moved_up(contest: "Contest", releases_before: dict[int, int]) -> None:
    for placement in placements(contest):
        award = getattr(placement.entry, "award", None)
        if (
            award
            and placement.entry.pk in releases_before
            and releases_before[placement.entry.pk] != placement.prize.release_id
        ):
            _post_mail(award, placement, "moved_up", str(placement.place))


def _post_mail(award: Award, placement: Placement, kind: str, *key: Any) -> None:
    if not award.entry.email:  # came by post: staff write a letter
        return
    award.entry.contest = award.contest
    context = {
        "prize": str(placement.prize),
        "place": placement.place,
        "claim_by": site_datetime(award.claim_by),
        "receipt": award.entry.receipt_url,
        "tracking": award.tracking,
    }
    Mail.objects.enqueue(
        f"contest/mail/{kind}",
        award.entry.email,
        key=" ".join([f"contest {kind} {award.pk}", *key]),
        context=mail_context(award.entry) | context,
    )
