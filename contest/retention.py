"""
Erases personal data on the day that the rules name, or when a person asks for it.

Tickets, weights and ranks stay, so that a draw can still be verified.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from contest.awarding import disqualify
from contest.models import AuditEvent, Award, Contest, Disqualification, Entry
from contest.models.entries import EntryQuerySet
from fans.models import Mail
from trivia.models import Player

FARTHEST_ZONE = timedelta(days=1)  # east of UTC the next day may have begun already
UNCONFIRMED_RETENTION = timedelta(days=14)
BLANK_PERSONAL_FIELDS = dict.fromkeys(
    ["name", "email", "card_postal_address", "identity", "salt", "code", "network_pseudonym", "doubts"], ""
)
BLANK_AWARD_FIELDS = dict.fromkeys(
    ["full_name", "street", "town", "postcode", "state", "country", "tracking"], ""
)


def purge_due_entries(now: datetime) -> None:
    """Erase the entries of every contest whose deletion date has come, for the worker and for receipts."""
    for contest in Contest.objects.with_personal_entries().filter(
        entries_deleted_on__lte=now.date() + FARTHEST_ZONE
    ):
        today = now.astimezone(ZoneInfo(contest.zone)).date()
        if contest.entries_deleted_on and today >= contest.entries_deleted_on:
            _purge(contest, contest.entries.filter(award__claimed_at__isnull=True), "entries", now)
        if contest.winners_deleted_on and today >= contest.winners_deleted_on:
            _purge(contest, contest.entries.all(), "winners", now)


@transaction.atomic
def _purge(contest: Contest, entries: EntryQuerySet, what: str, now: datetime) -> None:
    unconfirmed = entries.unconfirmed().delete()[0]
    personal = entries.not_erased().filter(confirmed_at__isnull=False)
    pks = list(personal.values_list("pk", flat=True))
    if pks or unconfirmed:  # triggers let nobody erase what no act says
        AuditEvent.objects.append(contest, "deleted", at=now, what=what, entries=len(pks))
    if pks:
        anonymize(contest, Entry.objects.filter(pk__in=entries.not_erased().values("pk")), now)


def anonymize(contest: Contest, entries: EntryQuerySet, now: datetime) -> None:
    """Erase the personal data of these entries of one contest, also in awards, attempts and unsent mails."""
    Award.objects.filter(entry__in=entries).update(erased_at=now, **BLANK_AWARD_FIELDS)
    Player.objects.filter(pk__in=entries.values("attempt__player")).delete()
    addresses = entries.exclude(email="").values("email")
    Mail.objects.filter(context__draw_id=contest.draw_id, to__in=addresses).delete()
    entries.update(
        erased_at=now, region=None, answers={}, newsletter=False, attempt=None, **BLANK_PERSONAL_FIELDS
    )


@transaction.atomic
def erase_entry(entry: Entry, now: datetime) -> str:
    """
    Erase an entry whose entrant asked for it. Returns "", or a sentence that says why it must be kept.

    Before the freeze the entry is deleted; after it the ticket is disqualified and the entry is anonymized.
    The data of a winner who has claimed is kept until `winners_deleted_on`, as evidence of who got the prize.
    """
    award = Award.objects.filter(entry=entry).first()
    if award and award.claimed_at and not hasattr(entry, "disqualification"):
        day = entry.contest.winners_deleted_on
        return f"You won a prize in “{entry.contest}”: what we hold on that is deleted on {day:%Y-%m-%d}."
    own = Entry.objects.filter(pk=entry.pk)
    if hasattr(entry.contest, "freeze"):
        if entry.weight is not None:
            disqualify(entry, Disqualification.Reason.WITHDRAWN, now)
        AuditEvent.objects.append(entry.contest, "erased", at=now, ticket=entry.ticket)
        anonymize(entry.contest, own, now)
    else:
        Player.objects.filter(pk__in=own.values("attempt__player")).delete()
        Disqualification.objects.filter(entry=entry).delete()
        own.delete()
    return ""


def purge_unconfirmed(sent_before: datetime) -> None:
    """Delete entries that were sent before `sent_before` and never confirmed."""
    Entry.objects.unconfirmed().filter(sent_at__lt=sent_before).delete()
