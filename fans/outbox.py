"""
Sending what lies in the outbox: claim some under a lease, send, mark each as sent.

At least once: a worker that is killed between a mail and its mark sends that one mail again when the
lease has run out, with the same Message-ID. All others are sent exactly once, by however many workers.
"""

import logging
import os
import socket
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from fans.models import Mail
from fans.models.outbox import BACK_OFF, LEASE

log = logging.getLogger(__name__)
BATCH_SIZE = 20
RETENTION = timedelta(days=30)  # a mail, after it was sent or given up
PERMANENT_FAILURE = 500  # SMTP replies from here on are final
REFUSALS = (SMTPRecipientsRefused, SMTPResponseException)  # of one mail, by a server that works


def deliver_batch():
    """Send the next mails that are due; True if there may be more."""
    mails = _claim_batch(timezone.now())
    if not mails:
        return False
    connection = mailers.default
    try:
        connection.open()
        while mails:
            _deliver(mails[0], connection)
            mails.pop(0)
    except OSError as error:  # the server is away: this mail waits, the others are tried in the next round
        _postpone(mails.pop(0), error)
        _release(mails)
        return False
    finally:
        _close(connection)
    return True


def build_message(mail):
    """The mail as a message. The first line of its template is the subject; nobody's words stand in it."""
    site = {"site_url": settings.SITE_URL, "site_host": settings.SITE_HOST}
    subject, _, body = render_to_string(f"{mail.kind}.txt", mail.context | site).partition("\n")
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else [],
        headers={"Message-ID": mail.message_id} | _unsubscribe_headers(mail),
    )


def _unsubscribe_headers(mail):
    """One-click unsubscribe (RFC 8058), where the context of the mail has an "unsubscribe_path"."""
    if "unsubscribe_path" not in mail.context:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{mail.context['unsubscribe_path']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def purge_mail(now):
    """Delete mail that was sent or given up a month ago."""
    Mail.objects.filter(sent_at__lt=now - RETENTION).delete()
    Mail.objects.filter(dead_at__lt=now - RETENTION).delete()


def _claim_batch(now):
    """The next due mails, held for this worker until their lease runs out."""
    with transaction.atomic():
        mails = list(Mail.objects.due(now).select_for_update(skip_locked=True)[:BATCH_SIZE])
        Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
            lease_until=now + LEASE, leased_by=f"{socket.gethostname()[:40]} {os.getpid()}"
        )
    return mails


def _release(mails):
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(lease_until=None)


def _close(connection):
    try:
        connection.close()
    except OSError as error:  # what was sent is sent, whatever the server says at parting
        log.warning("The mail server did not part in peace: %s", error)


def _deliver(mail, connection):
    """Send one mail and mark it; raises `OSError` where not the mail but the server is at fault."""
    try:
        connection.send_messages([build_message(mail)])
    except REFUSALS as error:
        _give_up(mail, error) if _is_final(error) else _postpone(mail, error)
    except OSError:
        raise
    except Exception as error:  # a broken template must not stop the other mails
        _postpone(mail, error)
    else:
        Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), lease_until=None, last_error="")


def _is_final(error):
    """Whether the other side has said that it will never take this mail. Our own log-in is our own fault."""
    if isinstance(error, SMTPAuthenticationError):
        return False
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT_FAILURE for code, _ in error.recipients.values())
    return error.smtp_code >= PERMANENT_FAILURE


def _postpone(mail, error):
    if mail.attempts >= len(BACK_OFF):
        _give_up(mail, error)
        return
    delay = BACK_OFF[mail.attempts]
    Mail.objects.filter(pk=mail.pk).update(
        attempts=mail.attempts + 1,
        not_before=timezone.now() + delay,
        lease_until=None,
        last_error=str(error)[:500],
    )


def _give_up(mail, error):
    log.error("A mail (%s, number %s) cannot be sent and was given up: %s", mail.kind, mail.pk, error)
    Mail.objects.filter(pk=mail.pk).update(
        dead_at=timezone.now(), lease_until=None, attempts=mail.attempts + 1, last_error=str(error)[:500]
    )
