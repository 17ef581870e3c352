"""The workbench's mailbox: mail that would leave is laid into a folder, and shown at /mailbox/."""

import email
import email.policy
from datetime import UTC, datetime

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MESSAGES_SHOWN = 50


class EmailBackend(BaseEmailBackend):
    """Lays each message into `settings.MAILBOX` instead of sending it."""

    def send_messages(self, email_messages):
        settings.MAILBOX.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{get_random_string(6)}.eml"
            unfinished = settings.MAILBOX / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(settings.MAILBOX / name)
        return len(email_messages)


@require_safe
@never_cache
def mailbox(request):
    """The newest mails that were sent from here; there is no such page where mail really leaves."""
    if not settings.MAILBOX:
        raise Http404
    names = sorted((path.name for path in settings.MAILBOX.glob("*.eml")), reverse=True)[:MESSAGES_SHOWN]
    return render(request, "fans/mailbox.html", {"mails": [_summary(name) for name in names]})


def _summary(name):
    message = email.message_from_bytes((settings.MAILBOX / name).read_bytes(), policy=email.policy.default)
    body = message.get_content()
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "sent": datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC),
        "body": body,
    }
