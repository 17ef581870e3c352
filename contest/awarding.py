"""
Prizes, from the order of the draw to the door: offered, reminded of, claimed, handed on, sent.

Who gets what follows from the order and from who is out: nobody is chosen here, and nobody drawn anew.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction

from contest.entering import mail_context
from contest.models import Act, Award, Disqualification, Entry, Prize
from fans.models import Mail
from magazine.templatetags.magazine import site_datetime

LAST_CALL = timedelta(hours=48)  # before the time to claim is over, and in its last quarter


class Turn(NamedTuple):
    """Whose turn it is at a place, and what is to be won there. `place` begins at 1."""

    place: int
    entry: Entry
    prize: Prize


def turns(contest):
    """The places that are taken, in order: the tickets that are in, and what each gets."""
    standing = contest.entries.in_ranking_order().filter(disqualification__isnull=True)
    entries = standing.select_related("award__sent_prize", "region")[: len(contest.places)]
    return [
        Turn(place, entry, prize)
        for place, (entry, prize) in enumerate(zip(entries, contest.places, strict=False), 1)
    ]


def offer_due(contest, now):
    """Offer every place to the ticket whose turn it is, as far as the alternates of the rules go."""
    asked = contest.awards.count()
    most = len(contest.places) + contest.alternates
    for turn in turns(contest):
        if not hasattr(turn.entry, "award") and not turn.entry.erased_at and asked < most:
            _offer(contest, turn, now)
            asked += 1


def _offer(contest, turn, now):
    claim_by = now + timedelta(days=contest.claim_days)
    award = Award.objects.create(contest=contest, entry=turn.entry, offered_at=now, claim_by=claim_by)
    Act.objects.enter(contest, "offered", at=now, ticket=turn.entry.ticket, place=turn.place)
    _mail(award, turn, "won")


def disqualify(entry, reason, now, *names, note=""):
    """
    Take a ticket out for a reason of the closed list, on record; once. `names` are the staff who say so.

    After the draw everybody behind moves up, is told where that changes the prize, and the next is asked.
    """
    with transaction.atomic():
        by, seconded_by, *_ = [*names, "", ""]
        out = {"reason": reason, "at": now, "by": by, "seconded_by": seconded_by, "note": note}
        before = _prizes(entry.contest)
        _, new = Disqualification.objects.get_or_create(entry=entry, defaults=out)
        if not new:
            return
        said_by = " and ".join(filter(None, names))
        Act.objects.enter(entry.contest, "disqualified", said_by, at=now, ticket=entry.ticket, reason=reason)
        if entry.rank is not None:
            _tell_who_moved(entry.contest, before)
            offer_due(entry.contest, now)


def reinstate(disqualification, by, now):
    """Take a disqualification back, on record; the database allows it only before the freeze."""
    entry = disqualification.entry
    with transaction.atomic():
        disqualification.delete()
        Act.objects.enter(entry.contest, "reinstated", by, at=now, ticket=entry.ticket)


def claim(award, fields, now):
    """Store where the prize goes; `fields` are those of the claim form."""
    with transaction.atomic():
        mine = Award.objects.unclaimed().filter(pk=award.pk, claim_by__gt=now)
        if not mine.update(claimed_at=now, **fields):
            return False
        award.refresh_from_db()
        Act.objects.enter(award.contest, "claimed", at=now, ticket=award.entry.ticket)
        turn = turn_of(award)
        _mail(award, turn, "claimed")
        return True


def turn_of(award):
    """The place of an award as the order stands now; None once its ticket is out."""
    return next((turn for turn in turns(award.contest) if turn.entry.pk == award.entry_id), None)


def firm(contest):
    """
    The turns whose prize can no longer change: everybody before them has claimed.

    Only these are sent; a place further back may yet move up.
    """
    found = []
    for turn in turns(contest):
        if not hasattr(turn.entry, "award") or turn.entry.award.claimed_at is None:
            break
        found.append(turn)
    return found


def record_sent(award, now, by, tracking=""):
    """Note that a prize is on its way; False for one that is not firm, or sent already."""
    turn = next((turn for turn in firm(award.contest) if turn.entry.pk == award.entry_id), None)
    if turn is None:
        return False
    with transaction.atomic():
        unsent = Award.objects.filter(pk=award.pk, sent_at__isnull=True)
        if not unsent.update(sent_at=now, sent_prize=turn.prize, tracking=tracking):
            return False
        Act.objects.enter(award.contest, "sent", by, at=now, ticket=award.entry.ticket, prize=str(turn.prize))
        award.refresh_from_db()
        _mail(award, turn, "sent")
        return True


def record_arrived(award, now, by=""):
    """Note that a prize has arrived, as its winner says, or the staff."""
    with transaction.atomic():
        on_its_way = Award.objects.filter(pk=award.pk, sent_at__isnull=False, arrived_at__isnull=True)
        if not on_its_way.update(arrived_at=now):
            return False
        Act.objects.enter(award.contest, "arrived", by, at=now, ticket=award.entry.ticket)
        return True


def expire_due(now):
    """Hand on what was not claimed in time."""
    for award in Award.objects.overdue(now).in_order():
        disqualify(award.entry, Disqualification.Reason.NO_ANSWER, now)


def remind_due(now):
    """Remind winners at half of their time, and two days before its end."""
    for award in Award.objects.unclaimed().filter(claim_by__gt=now, reminders__lt=2).in_order():
        time = award.claim_by - award.offered_at
        last_call = max(award.claim_by - time / 4, award.claim_by - LAST_CALL)
        due = (now >= award.offered_at + time / 2) + (now >= last_call)
        if due > award.reminders:
            with transaction.atomic():
                Award.objects.filter(pk=award.pk).update(reminders=due)
                _mail(award, turn_of(award), "reminder", str(due))


def winners(contest):
    """The winners' list: (place, prize, how they are named, award); those who have claimed, in order."""
    return [
        (turn.place, turn.prize, turn.entry.award.listed_as or _nameless(turn.entry), turn.entry.award)
        for turn in turns(contest)
        if hasattr(turn.entry, "award") and turn.entry.award.claimed_at
    ]


def listed_name(full_name, town):
    """First name, initial, town: "Ana M., Tempe"."""
    first, *others = full_name.split()
    initial = f" {others[-1][0].upper()}." if others else ""
    return f"{first}{initial}, {town}"


def _nameless(entry):
    return f"A reader in {entry.region.name}" if entry.region else "A reader"


def _prizes(contest):
    return (
        {turn.entry.pk: turn.prize.release_id for turn in turns(contest)}
        if hasattr(contest, "freeze")
        else {}
    )


def _tell_who_moved(contest, before):
    for turn in turns(contest):
        award = getattr(turn.entry, "award", None)
        if award and turn.entry.pk in before and before[turn.entry.pk] != turn.prize.release_id:
            _mail(award, turn, "moved", str(turn.place))


def _mail(award, turn, kind, *key):
    if not award.entry.email:  # came by post: staff write a letter
        return
    award.entry.contest = award.contest
    told = {
        "prize": str(turn.prize),
        "place": turn.place,
        "claim_by": site_datetime(award.claim_by),
        "receipt": award.entry.receipt_address,
        "tracking": award.tracking,
    }
    Mail.objects.enqueue(
        f"contest/mail/{kind}",
        award.entry.email,
        key=" ".join([f"contest {kind} {award.pk}", *key]),
        context=mail_context(award.entry) | told,
    )
