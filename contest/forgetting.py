"""Forgetting people: on the printed day, and whenever they ask. What remains still verifies."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from contest.awarding import disqualify
from contest.models import Act, Award, Contest, Disqualification, Entry
from fans.models import Mail
from trivia.models import Player

NEXT_ZONE = timedelta(days=1)  # somewhere it is tomorrow already
UNCONFIRMED_KEPT = timedelta(days=14)
NOBODY = dict.fromkeys(["name", "email", "card_address", "bound_to", "salt", "code", "network", "doubts"], "")
NO_ADDRESS = dict.fromkeys(["full_name", "street", "town", "postcode", "state", "country", "tracking"], "")


def delete_due(now):
    """Keep every printed deletion date that has come: by the worker, and whenever something is looked up."""
    for contest in Contest.objects.with_personal_entries().filter(deletes_on__lte=now.date() + NEXT_ZONE):
        today = now.astimezone(ZoneInfo(contest.zone)).date()
        if today >= contest.deletes_on:
            _delete(contest, contest.entries.filter(award__claimed_at__isnull=True), "entries", now)
        if today >= contest.winners_deleted_on:
            _delete(contest, contest.entries.all(), "winners", now)


@transaction.atomic
def _delete(contest, entries, what, now):
    waiting = entries.waiting().delete()[0]
    personal = entries.personal().filter(confirmed_at__isnull=False)
    numbers = list(personal.values_list("pk", flat=True))
    if numbers:
        empty(contest, Entry.objects.filter(pk__in=entries.personal().values("pk")), now)
    if numbers or waiting:
        Act.objects.enter(contest, "deleted", at=now, what=what, entries=len(numbers))


def empty(contest, entries, now):
    """Take the person out of these entries of one contest, their awards, their games and the outbox."""
    Award.objects.filter(entry__in=entries).update(erased_at=now, **NO_ADDRESS)
    Player.objects.filter(pk__in=entries.values("attempt__player")).delete()
    addresses = entries.exclude(email="").values("email")
    Mail.objects.filter(context__draw=contest.draw, to__in=addresses).delete()
    entries.update(erased_at=now, region=None, given={}, newsletter=False, attempt=None, **NOBODY)


@transaction.atomic
def erase(entry, now):
    """
    Forget one entrant who asked for it; a sentence where something must stay, else "".

    Before the freeze the entry is gone as if it had never been; after it the ticket is withdrawn. Who has
    claimed a prize stays on record till the printed day: somebody must be able to say who got it.
    """
    award = Award.objects.filter(entry=entry).first()
    if award and award.claimed_at and not hasattr(entry, "disqualification"):
        day = entry.contest.winners_deleted_on
        return f"You won a prize in “{entry.contest}”: what we hold on that is deleted on {day:%Y-%m-%d}."
    mine = Entry.objects.filter(pk=entry.pk)
    if hasattr(entry.contest, "freeze"):
        if entry.weight is not None:
            disqualify(entry, Disqualification.Reason.WITHDRAWN, now)
        empty(entry.contest, mine, now)
    else:
        Player.objects.filter(pk__in=mine.values("attempt__player")).delete()
        Disqualification.objects.filter(entry=entry).delete()
        mine.delete()
    return ""


def forget_unconfirmed(moment):
    """Delete entries that were sent before `moment` and never confirmed."""
    Entry.objects.waiting().filter(sent_at__lt=moment).delete()
