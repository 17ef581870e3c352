"""The mailbox of a local magazine: mail is written to a folder instead of sent, and shown at /mailbox/."""

import email
import email.policy
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MESSAGES_SHOWN = 50


class EmailBackend(BaseEmailBackend):
    """Writes each message to a file in `settings.MAILBOX` instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{get_random_string(6)}.eml"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / name)
        return len(email_messages)


@require_safe
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mails of the folder. Raises `Http404` on a site that really sends mail."""
    if not settings.MAILBOX:
        raise Http404
    names = sorted((path.name for path in settings.MAILBOX.glob("*.eml")), reverse=True)[:MESSAGES_SHOWN]
    return render(request, "fans/mailbox.html", {"mails": [_summary(name) for name in names]})


def _folder() -> Path:
    return cast(Path, settings.MAILBOX)  # if it is None, this backend is not used


def _summary(name: str) -> dict[str, Any]:
    message = email.message_from_bytes((_folder() / name).read_bytes(), policy=email.policy.default)
    body = message.get_content()
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "sent": datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC),
        "body": body,
    }
