"""
Sends the mail of the outbox: claims a batch under a lease, sends each mail, and records the result.

Delivery is at least once. If a worker is killed after the server took a mail and before this was recorded,
the mail is sent again when the lease has run out, with the same Message-ID. Every other mail is sent exactly
once, by however many workers and however slowly the server answers; see `fans.mail_leases`.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone

from fans.mail_leases import MailLease
from fans.models import Mail
from fans.models.outbox import BACK_OFF

log = logging.getLogger(__name__)
RETENTION = timedelta(days=30)  # a mail, after it was sent or given up
PERMANENT_FAILURE = 500  # SMTP replies from here on are final
REFUSALS = (SMTPRecipientsRefused, SMTPResponseException)  # of one mail, by a server that works


def deliver_batch() -> bool:
    """Send the next mails that are due. Returns True if there may be more."""
    lease = MailLease()
    mails = lease.claim_batch()
    if not mails:
        return False
    connection = mailers.default
    try:
        with lease.renewed_in_background():
            connection.open()
            while mails:
                if lease.renew(mails[0]):
                    _deliver(mails[0], connection, lease)
                mails.pop(0)
    except OSError as error:  # no connection: this mail waits, the others are tried next time
        _postpone(mails.pop(0), error, lease)
        lease.release(mails)
        return False
    finally:
        _close(connection)
    return True


def build_message(mail: Mail) -> EmailMessage:
    """The mail as a message. The first line of its template is the subject, without any text of a visitor."""
    site = {"site_url": settings.SITE_URL, "site_host": settings.SITE_HOST}
    subject, _, body = render_to_string(f"{mail.kind}.txt", mail.context | site).partition("\n")
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else [],
        headers={"Message-ID": mail.message_id} | _unsubscribe_headers(mail),
    )


def _unsubscribe_headers(mail: Mail) -> dict[str, str]:
    """The headers for one-click unsubscribe (RFC 8058), if the mail's context has an "unsubscribe_path"."""
    if "unsubscribe_path" not in mail.context:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{mail.context['unsubscribe_path']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def purge_mail(now: datetime) -> None:
    """Delete mail that was sent or given up longer ago than `RETENTION`."""
    Mail.objects.filter(sent_at__lt=now - RETENTION).delete()
    Mail.objects.filter(dead_at__lt=now - RETENTION).delete()


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError as error:  # mails that the server has accepted count as sent
        log.warning("The mail server did not close the connection properly: %s", error)


def _deliver(mail: Mail, connection: BaseEmailBackend, lease: MailLease) -> None:
    """Send one mail and record the result. Raises `OSError` if the server, not the mail, is at fault."""
    try:
        connection.send_messages([build_message(mail)])
    except REFUSALS as error:
        if _is_final(error):
            _give_up(mail, error, lease)
        else:
            _postpone(mail, error, lease)
    except OSError:
        raise
    except Exception as error:  # a broken template must not stop the other mails
        _postpone(mail, error, lease)
    else:
        lease.record(mail, sent_at=timezone.now(), last_error="")


def _is_final(error: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    """Whether the server will never accept this mail. A failed login to the server is not final."""
    if isinstance(error, SMTPAuthenticationError):
        return False
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT_FAILURE for code, _ in error.recipients.values())
    return error.smtp_code >= PERMANENT_FAILURE


def _postpone(mail: Mail, error: Exception, lease: MailLease) -> None:
    """Try the mail again after the next wait in `BACK_OFF`; give it up if there is none left."""
    if mail.attempts >= len(BACK_OFF):
        _give_up(mail, error, lease)
        return
    lease.record(
        mail,
        attempts=mail.attempts + 1,
        not_before=timezone.now() + BACK_OFF[mail.attempts],
        last_error=str(error)[:500],
    )


def _give_up(mail: Mail, error: Exception, lease: MailLease) -> None:
    log.error("A mail (%s, number %s) cannot be sent and was given up: %s", mail.kind, mail.pk, error)
    lease.record(mail, dead_at=timezone.now(), attempts=mail.attempts + 1, last_error=str(error)[:500])
