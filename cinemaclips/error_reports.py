"""
Groups the errors of all processes, and mails each kind of error once a day at most.

The processes append their errors to the spool (`cinemaclips.error_spool`). The worker counts what is in it by
kind (`ErrorGroup`) and enqueues the mail.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cinemaclips.models import ErrorGroup
from fans.models import Mail
from magazine.desk_notices import DeskNotice

BETWEEN_MAILS = timedelta(minutes=10)
RETENTION = timedelta(days=90)
MAIL = "cinemaclips/mail/errors"


def collect_errors() -> None:
    """
    Count the errors of the last round by kind, mail what is due, and set the spool aside for the next round.

    The spool is read a round after it was set aside: by then nobody writes to it any more.
    """
    now, taken = timezone.now(), settings.ERROR_SPOOL.with_suffix(".taken")
    with transaction.atomic():
        for error in _read(taken):
            ErrorGroup.objects.add(error["title"], datetime.fromisoformat(error["at"]), error["sample"])
        mail_due_groups(now)
    taken.unlink(missing_ok=True)
    if settings.ERROR_SPOOL.exists():
        settings.ERROR_SPOOL.rename(taken)
    ErrorGroup.objects.filter(last_seen_at__lt=now - RETENTION).delete()


def _read(spool: Path) -> Iterator[dict[str, str]]:
    """The errors in the spool. A line that was cut off, by a full disk or a kill, is left out."""
    if not spool.exists():
        return
    for line in spool.read_text(errors="replace").splitlines():
        with suppress(ValueError):
            yield json.loads(line)


def mail_due_groups(now: datetime) -> None:
    """Enqueue one mail to each of `ERRORS_TO` with all kinds of errors that are due, ten minutes apart."""
    groups = list(ErrorGroup.objects.due_for_mail(now))
    if not groups or not settings.ERRORS_TO or ErrorGroup.objects.was_mailed_since(now - BETWEEN_MAILS):
        return
    context = {"groups": [_mail_context(group) for group in groups], "count": len(groups)}
    for address in settings.ERRORS_TO:
        Mail.objects.enqueue(MAIL, address, key=f"errors {now.isoformat()} {address}", context=context)
    ErrorGroup.objects.filter(pk__in=[group.pk for group in groups]).update(mailed_at=now)


def _mail_context(group: ErrorGroup) -> dict[str, Any]:
    times = {"first": group.first_seen_at, "last": group.last_seen_at}
    return {
        "title": group.title,
        "count": group.count,
        "sample": group.sample,
        **{name: f"{timezone.localtime(at):%-d %B %Y, %H:%M %Z}" for name, at in times.items()},
    }


def error_notices(now: datetime) -> list[DeskNotice]:
    """A notice on the kinds of errors of the last day; one query."""
    recent = list(
        ErrorGroup.objects.filter(last_seen_at__gt=now - timedelta(days=1)).order_by("first_seen_at")
    )
    if not recent:
        return []
    sentences = [f"{group.title} ({group.count} times)" for group in recent[:5]]
    sentences.append("Error groups, at the desk, has what happened. Delete one there once it is mended.")
    return [DeskNotice("Errors in the last day", sentences, recent[0].first_seen_at)]
