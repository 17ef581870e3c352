"""
The steps of an award: offer, reminder, claim, shipping, arrival, disqualification.

`placements` computes who gets which prize, from the one draw. Staff choose nobody, and no draw is repeated.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from contest.commitments import claim_hash
from contest.entering import mail_context
from contest.models import AuditEvent, Award, Contest, Disqualification, Entry
from contest.placements import (
    Placement,
    award_of,
    find_placement,
    placement_of,
    placements,
    settled_placements,
)
from fans.models import Mail
from magazine.templatetags.magazine import site_datetime

LAST_REMINDER_BEFORE = timedelta(hours=48)  # the last reminder comes this long before the time to claim ends


def offer_due_prizes(contest: Contest, now: datetime) -> None:
    """
    Offer its prize to every placement that has no award yet.

    A contest makes at most as many offers as its rules name prizes and alternates. An erased entry is offered
    nothing, since its entrant cannot be reached any more.
    """
    offered = contest.awards.count()
    max_offers = len(contest.prizes_in_order) + contest.alternates
    for placement in placements(contest):
        if award_of(placement) is None and not placement.entry.erased_at and offered < max_offers:
            _offer_prize(contest, placement, now)
            offered += 1


def _offer_prize(contest: Contest, placement: Placement, now: datetime) -> None:
    claim_by = now + timedelta(days=contest.claim_days)
    AuditEvent.objects.append(
        contest, "offered", at=now, ticket=placement.entry.ticket, place=placement.place
    )
    award = Award.objects.create(contest=contest, entry=placement.entry, offered_at=now, claim_by=claim_by)
    _enqueue_mail(award, placement, "won")


@transaction.atomic
def disqualify(entry: Entry, reason: str, now: datetime, *names: str, note: str = "") -> None:
    """
    Disqualify a ticket for one of `Disqualification.Reason`, with an audit event.

    Does nothing if the ticket is disqualified already. `names` are the one or two members of staff who
    decided it, or empty if the software or the entrant did. After the draw, all entries behind it move up
    one place: entrants whose prize changes get a mail, and entries that have a place now are offered a prize.
    """
    decided_by, seconded_by, *_ = [*names, "", ""]
    decision = {"reason": reason, "disqualified_at": now, "note": note}
    decision |= {"decided_by": decided_by, "seconded_by": seconded_by}
    releases_before = _releases_by_entry(entry.contest)
    Contest.objects.select_for_update().get(pk=entry.contest_id)  # one decision at a time
    if Disqualification.objects.filter(entry=entry).exists():
        return
    actor = " and ".join(filter(None, names))
    AuditEvent.objects.append(
        entry.contest, "disqualified", actor, at=now, ticket=entry.ticket, reason=reason
    )
    Disqualification.objects.create(entry=entry, **decision)
    if entry.rank is not None:
        _notify_moved_up(entry.contest, releases_before)
        offer_due_prizes(entry.contest, now)


@transaction.atomic
def reinstate(disqualification: Disqualification, actor: str, now: datetime) -> None:
    """Delete a disqualification, with an audit event. Triggers refuse this after the freeze."""
    entry = disqualification.entry
    AuditEvent.objects.append(entry.contest, "reinstated", actor, at=now, ticket=entry.ticket)
    disqualification.delete()


def _releases_by_entry(contest: Contest) -> dict[int, int]:
    """The release that each placement wins, by the entry's primary key; {} before the freeze."""
    if not hasattr(contest, "freeze"):
        return {}
    return {placement.entry.pk: placement.prize.release_id for placement in placements(contest)}


def _notify_moved_up(contest: Contest, releases_before: Mapping[int, int]) -> None:
    """Enqueue a mail to everybody who has been offered a prize and whose prize is now another release."""
    for placement in placements(contest):
        award, release = award_of(placement), placement.prize.release_id
        if award and releases_before.get(placement.entry.pk, release) != release:
            _enqueue_mail(award, placement, "moved_up", str(placement.place))


@transaction.atomic
def claim(award: Award, fields: Mapping[str, str], now: datetime) -> bool:
    """
    Store the claim of a prize with the winner's name and postal address, which are in `fields`.

    Returns False, and stores nothing, if the award is claimed, overdue or disqualified, or has no placement.
    """
    Contest.objects.select_for_update().get(pk=award.contest_id)  # one claim at a time
    placement = placement_of(award)
    claimable = Award.objects.unclaimed().filter(pk=award.pk, claim_by__gt=now)
    if placement is None or not claimable.exists():
        return False
    for name, value in fields.items():
        setattr(award, name, value)
    AuditEvent.objects.append(
        award.contest, "claimed", at=now, ticket=award.entry.ticket, claim=claim_hash(award)
    )
    claimable.update(claimed_at=now, **fields)
    award.refresh_from_db()
    _enqueue_mail(award, placement, "claimed")
    return True


@transaction.atomic
def record_sent(award: Award, now: datetime, actor: str, tracking: str = "") -> bool:
    """Record that a prize was sent. Returns False if its placement is not settled or it was sent before."""
    Contest.objects.select_for_update().get(pk=award.contest_id)  # one step at a time
    placement = find_placement(settled_placements(award.contest), award)
    unsent = Award.objects.filter(pk=award.pk, sent_at__isnull=True)
    if placement is None or not unsent.exists():
        return False
    AuditEvent.objects.append(
        award.contest, "sent", actor, at=now, ticket=award.entry.ticket, prize=str(placement.prize)
    )
    unsent.update(sent_at=now, sent_prize=placement.prize, tracking=tracking)
    award.refresh_from_db()
    _enqueue_mail(award, placement, "sent")
    return True


@transaction.atomic
def record_arrived(award: Award, now: datetime, actor: str = "") -> bool:
    """Record that a prize has arrived. Returns False if it was not sent, or if this was recorded before."""
    Contest.objects.select_for_update().get(pk=award.contest_id)  # one step at a time
    in_transit = Award.objects.filter(pk=award.pk, sent_at__isnull=False, arrived_at__isnull=True)
    if not in_transit.exists():
        return False
    AuditEvent.objects.append(award.contest, "arrived", actor, at=now, ticket=award.entry.ticket)
    in_transit.update(arrived_at=now)
    return True


def expire_overdue_awards(now: datetime) -> None:
    """Disqualify winners who have not claimed in time, so that those behind them in the order move up."""
    for award in Award.objects.overdue(now).in_order():
        disqualify(award.entry, Disqualification.Reason.NO_ANSWER, now)


def send_due_reminders(now: datetime) -> None:
    """Mail a reminder to winners who have not claimed, at half of their time and once more before its end."""
    for award in Award.objects.unclaimed().filter(claim_by__gt=now, reminders__lt=2).in_order():
        due = _reminders_due(award, now)
        placement = placement_of(award) if due > award.reminders else None
        if placement is None:  # no reminder is due, or no prize is left for this entry
            continue
        with transaction.atomic():
            Award.objects.filter(pk=award.pk).update(reminders=due)
            _enqueue_mail(award, placement, "reminder", str(due))


def _reminders_due(award: Award, now: datetime) -> int:
    """
    The number of reminders (0 to 2) that are due at `now`, with those that were sent already.

    The second is due `LAST_REMINDER_BEFORE` the end, or when a quarter of the time is left if that is later.
    """
    claim_time = award.claim_by - award.offered_at
    last_reminder_at = max(award.claim_by - claim_time / 4, award.claim_by - LAST_REMINDER_BEFORE)
    return (now >= award.offered_at + claim_time / 2) + (now >= last_reminder_at)


def _enqueue_mail(award: Award, placement: Placement, kind: str, *key: str) -> None:
    """
    Enqueue the mail `contest/mail/<kind>` about an award.

    `key` distinguishes several mails of one kind about the same award. An entry without an e-mail address,
    which came by post, gets no mail; staff write a letter.
    """
    if not award.entry.email:
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
