"""
Mail that anybody can cause by typing an address into a form: links to confirm, log-in links, receipts again.

Its owner may never have asked for it. So each mailbox has a budget across all forms, whatever network asks:
`PER_DAY` mails in 24 hours and `PER_WEEK` in seven days. What is over the day's budget is sent when the
budget allows it, and what is over the week's is not sent; the page that the visitor sees is the same. And the
whole site sends `settings.UNCONFIRMED_MAILS_PER_HOUR` at most; more than that waits in the outbox, and staff
are told.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from fans.email_addresses import mailbox_of, pseudonym
from fans.models import Mail, MailQueue
from fans.models.outbox import MailQuerySet

log = logging.getLogger(__name__)
PER_DAY, PER_WEEK = 3, 6
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@transaction.atomic
def enqueue(kind: str, to: str, now: datetime, *, key: str, context: dict[str, Any]) -> None:
    """
    Add such a mail to the outbox within the budget of its mailbox, unless there is one with this `key`.

    `context` must have no text that a visitor has typed: whoever reads the mail may be another person.
    """
    MailQueue.objects.lock()
    mailbox = pseudonym(mailbox_of(to), "unconfirmed mail")
    not_before = _next_in_budget(mailbox, now)
    if not_before:
        Mail.objects.enqueue(kind, to, key=key, context=context, mailbox=mailbox, not_before=not_before)


def due_within_limit(now: datetime, size: int) -> MailQuerySet:
    """
    The mails that a worker may claim now, `size` at most, without those over the site's hourly limit.

    To be called in the transaction that claims them.
    """
    due = Mail.objects.due(now)
    unconfirmed = due.exclude(mailbox="")
    if not unconfirmed.exists():
        return due
    MailQueue.objects.lock()
    left = max(settings.UNCONFIRMED_MAILS_PER_HOUR - _count_of_last_hour(now), 0)
    allowed = list(unconfirmed.values_list("pk", flat=True)[: min(left, size)])
    if left < size and unconfirmed.exclude(pk__in=allowed).exists():
        if MailQueue.objects.begin_limit(now):
            log.error("%s", limit_sentence())
    else:
        MailQueue.objects.end_limit()
    return due.filter(Q(mailbox="") | Q(pk__in=allowed))


def limit_sentence() -> str:
    """What staff are told while mail waits for the site's hourly limit."""
    return (
        f"More than {settings.UNCONFIRMED_MAILS_PER_HOUR} mails an hour were asked for to addresses that "
        "nobody has confirmed; the rest waits its turn. If many readers want in at once, raise "
        "UNCONFIRMED_MAILS_PER_HOUR; if not, a program is typing addresses into our forms."
    )


def _next_in_budget(mailbox: str, now: datetime) -> datetime | None:
    """The earliest time at which this mailbox may get one more mail; None if its week is used up."""
    recent = Mail.objects.filter(mailbox=mailbox, not_before__gt=now - WEEK).order_by("not_before")
    times = list(recent.values_list("not_before", flat=True))
    if len(times) >= PER_WEEK:
        return None
    return max(now, times[-PER_DAY] + DAY) if len(times) >= PER_DAY else now


def _count_of_last_hour(now: datetime) -> int:
    """How many such mails were sent within the last hour or are being sent."""
    sent = Mail.objects.filter(sent_at__gt=now - HOUR).exclude(mailbox="").count()
    return sent + Mail.objects.unsent().filter(lease_until__gt=now).exclude(mailbox="").count()
