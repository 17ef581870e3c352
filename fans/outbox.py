"""
Sends the mail of the outbox: claims a batch under a lease, sends each mail, and records the result.

Delivery is at least once. If a worker is killed after the server took a mail and before this was recorded,
the mail is sent again when the lease has run out, with the same Message-ID. Every other mail is sent exactly
once, by however many workers and however slowly the server answers; see `fans.mail_leases`.

If the server is at fault, or our own configuration, all mail waits and none is given up. One worker then
tries again with one mail after growing pauses, and the first mail that the server answers ends the pause.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone

from fans.mail_faults import MailFault, fault_of_connection, fault_of_sending
from fans.mail_leases import BATCH_SIZE, MailLease
from fans.mailed_links import signed_link
from fans.models import Mail, MailQueue
from fans.models.outbox import BACK_OFF

log = logging.getLogger(__name__)
RETENTION = timedelta(days=30)  # a mail, after it was sent or given up


class ServerAtFault(Exception):
    """The mail server takes no mail at all from us; `fault` says why."""

    def __init__(self, fault: MailFault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def deliver_batch() -> bool:
    """Send the next mails that are due. Returns True if there may be more."""
    now = timezone.now()
    is_paused = MailQueue.objects.state().paused_at is not None
    if is_paused and not (Mail.objects.due(now).exists() and MailQueue.objects.claim_retry(now)):
        return False
    lease = MailLease()
    mails = lease.claim_batch(1 if is_paused else BATCH_SIZE)
    if not mails:
        if is_paused:  # what is due waits for the site's hourly limit, or another worker was faster
            MailQueue.objects.try_again(now)
        return False
    try:
        _deliver_all(mails, lease, is_paused)
    except ServerAtFault as error:
        _pause(mails, error.fault, lease)
        return False
    return True


def connect() -> BaseEmailBackend:
    """An open connection to the mail server. Raises `ServerAtFault`."""
    connection = None
    try:
        connection = mailers.default
        connection.open()
    except Exception as error:  # whatever it is: without a connection no mail can leave
        if connection:
            close(connection)
        raise ServerAtFault(fault_of_connection(error)) from error
    return connection


def close(connection: BaseEmailBackend) -> None:
    """Close the connection. A failure is only logged: mails that the server has accepted count as sent."""
    try:
        connection.close()
    except OSError as error:
        log.warning("The mail server did not close the connection properly: %s", error)


def build_message(mail: Mail) -> EmailMessage:
    """The mail as a message. The first line of its template is the subject, without any text of a visitor."""
    site = {"site_url": settings.SITE_URL, "site_host": settings.SITE_HOST}
    context = mail.context | site | signed_link(mail.context)
    subject, _, body = render_to_string(f"{mail.kind}.txt", context).partition("\n")
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


def _deliver_all(mails: list[Mail], lease: MailLease, is_paused: bool) -> None:
    """
    Send each of `mails` and remove it from the list; what is left over is released.

    Raises `ServerAtFault`; the mails that were not sent are then still in the list, and held.
    """
    with lease.renewed_in_background():
        connection = connect()
        try:
            is_usable = True
            while mails and is_usable:
                if lease.renew(mails[0]):
                    is_usable = _deliver(mails[0], connection, lease, is_paused)
                mails.pop(0)
        finally:
            close(connection)
    lease.release(mails)


def _deliver(mail: Mail, connection: BaseEmailBackend, lease: MailLease, is_paused: bool) -> bool:
    """
    Send one mail and record the result. Raises `ServerAtFault` if the server, not the mail, is at fault.

    A mail at which the queue has stopped before, and at which it would stop again while others leave, is at
    fault itself. Returns False if the connection is of no use after it.
    """
    fault = _send(mail, connection)
    if fault is None:
        lease.record(mail, sent_at=timezone.now(), last_error="")
    elif fault.concerns_server and (is_paused or not mail.has_stopped_queue):
        has_stopped = mail.has_stopped_queue or not is_paused
        lease.release([mail], has_stopped_queue=has_stopped, not_before=timezone.now())
        raise ServerAtFault(fault)
    else:
        (_give_up if fault.is_final else _postpone)(mail, fault, lease)
    if is_paused and (fault is None or fault.has_reached_server):
        MailQueue.objects.resume()
    elif is_paused:
        MailQueue.objects.try_again(timezone.now())
    return fault is None or not fault.concerns_server


def _send(mail: Mail, connection: BaseEmailBackend) -> MailFault | None:
    """Send one mail; returns what is wrong if it could not be sent."""
    try:
        connection.send_messages([build_message(mail)])
    except Exception as error:  # a broken template must not stop the other mails
        return fault_of_sending(error)
    return None


def _pause(mails: list[Mail], fault: MailFault, lease: MailLease) -> None:
    """Let all mail wait, unless another worker has taken over what this one held."""
    if lease.release(mails):
        MailQueue.objects.pause(fault.sentence, timezone.now())


def _postpone(mail: Mail, fault: MailFault, lease: MailLease) -> None:
    """Try the mail again after the next wait in `BACK_OFF`; give it up if there is none left."""
    if mail.attempts >= len(BACK_OFF):
        _give_up(mail, fault, lease)
        return
    lease.record(
        mail,
        attempts=mail.attempts + 1,
        not_before=timezone.now() + BACK_OFF[mail.attempts],
        last_error=fault.sentence[:500],
    )


def _give_up(mail: Mail, fault: MailFault, lease: MailLease) -> None:
    log.error(
        "A mail (%s, number %s) cannot be sent and was given up: %s", mail.kind, mail.pk, fault.sentence
    )
    lease.record(mail, dead_at=timezone.now(), attempts=mail.attempts + 1, last_error=fault.sentence[:500])
