"""
Says what is wrong when a mail cannot be sent: whether it concerns the server or this mail, and what to do.

A fault of the server (it cannot be reached, or refuses our log-in or our sender) concerns every mail; the
queue then waits (`fans.models.mail_queue`). Every other fault concerns one mail. Some servers, among them
Postfix by default, complain about sender and log-in only when they hear the recipient; such answers are
recognised by their status code (RFC 3463) or their words.
"""

import re
import ssl
from dataclasses import dataclass
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FINAL = 500  # SMTP replies from here on are final
HANGING_UP, LOG_IN_CODES = 421, {454, 530, 534, 535, 538}
STATUS_CODE = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})\b")
SENDER_STATUS_CODES = {"1.7", "1.8", "7.0", "7.8", "7.9", "7.26", "7.27", "7.60"}
SYSTEM_STATUS = "3."  # of the mail system that answers, as in 4.3.1: its disk is full
RECIPIENT_STATUS = re.compile(r"1\.[0-6]$|1\.10$|2\.")  # unknown, moved, disabled, or full
RECIPIENT_WORDS = re.compile(r"recipient|mailbox|no such|user unknown", re.I)
SENDER_WORDS = re.compile(r"\bsender|relay|authenticat|not verified|client host|sending (limit|quota)", re.I)
# An exception of django-anymail, known by its name: importing that costs every process a web client.
SERVICE_REFUSES_RECIPIENT = "AnymailRecipientsRefused"
ADDRESS = re.compile(r"[^\s<>:;,()\"']+@[^\s<>:;,()\"']+")


@dataclass(frozen=True)
class MailFault:
    """
    What is wrong, in a sentence for staff that names no recipient.

    `concerns_server`: it concerns every mail. `is_final`: this mail will never be taken.
    `has_reached_server`: the server has answered, so that it works if the fault does not concern it.
    """

    sentence: str
    concerns_server: bool = False
    is_final: bool = False
    has_reached_server: bool = True


def fault_of_connection(error: Exception) -> MailFault:
    """What is wrong when no connection to the mail server could be made."""
    return MailFault(_sentence_on_connection(error), concerns_server=True)


def fault_of_sending(error: Exception) -> MailFault:
    """What is wrong when one mail could not be sent over an open connection."""
    if isinstance(error, SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _fault_of_answer(code, as_text(text), "the recipient")
    if isinstance(error, SMTPDataError):
        return _fault_of_answer(error.smtp_code, as_text(error.smtp_error), "the mail")
    if type(error).__name__ == SERVICE_REFUSES_RECIPIENT:
        return MailFault(f"The mail service refuses the recipient: {as_text(str(error))}", is_final=True)
    if isinstance(error, OSError | ImproperlyConfigured):
        return fault_of_connection(error)
    sentence = f"The mail could not be made: {as_text(str(error))}"
    return MailFault(sentence, has_reached_server=False)


def as_text(answer: bytes | str) -> str:
    """A server's answer on one line, without addresses."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return without_addresses(" ".join(text.split()))[:250]


def without_addresses(text: str) -> str:
    """`text` with every address but our own sender replaced, for logs and for the desk's first page."""
    return ADDRESS.sub(
        lambda match: match[0] if match[0] in settings.DEFAULT_FROM_EMAIL else "[address]", text
    )


def _fault_of_answer(code: int, text: str, refused: str) -> MailFault:
    """The fault behind an answer to the recipient or to the whole mail, of which `refused` says which."""
    if code in (HANGING_UP, *LOG_IN_CODES) or _concerns_sender(text):
        return MailFault(_on_refusal(code, text), concerns_server=True)
    if code >= FINAL:
        return MailFault(f"The mail server refuses {refused}: {code} {text}", is_final=True)
    return MailFault(f"The mail server does not take {refused} yet: {code} {text}")


def _concerns_sender(text: str) -> bool:
    found = STATUS_CODE.match(text)
    status = f"{found[1]}.{found[2]}" if found else ""
    if RECIPIENT_STATUS.match(status):
        return False
    if status in SENDER_STATUS_CODES or status.startswith(SYSTEM_STATUS):
        return True
    return bool(SENDER_WORDS.search(text)) and not RECIPIENT_WORDS.search(text)


def _sentence_on_connection(error: Exception) -> str:
    if isinstance(error, ImproperlyConfigured):
        return "No mail server is configured. Set EMAIL_URL, as the README says, and start the site again."
    if isinstance(error, SMTPResponseException):
        return _on_refusal(error.smtp_code, as_text(error.smtp_error))
    if status := getattr(error, "status_code", None):
        return _on_service(status, as_text(str(error)))
    if isinstance(error, SMTPNotSupportedError):
        return (
            f"The mail server does not offer what EMAIL_URL asks for ({as_text(str(error))}). Try smtps:// "
            "with port 465, or ask the provider for the right host and port."
        )
    return _on_network(error)


def _on_network(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The mail server's certificate cannot be trusted ({error.verify_message}). Use the host name "
            "that is in the certificate, or tell this machine its authority by SSL_CERT_FILE."
        )
    if isinstance(error, ssl.SSLError):
        return (
            f"TLS with the mail server failed ({error.reason}). smtps:// is for port 465; a port with "
            "STARTTLS, such as 587, wants smtp://."
        )
    return (
        f"The mail server cannot be reached ({as_text(str(error)) or type(error).__name__}). Check host and "
        "port in EMAIL_URL, and whether the server runs."
    )


def _on_service(status: int, text: str) -> str:
    """What to do about the HTTP status of a mail service that django-anymail has asked."""
    what = (
        "Check the key in EMAIL_URL" if status in (401, 403) else "Its answer says why; check MAIL_FROM too"
    )
    return f"The mail service takes no mail from us ({status}: {text}). {what}."


def _on_refusal(code: int, text: str) -> str:
    if code in LOG_IN_CODES:
        return (
            f"The mail server refuses our log-in ({code} {text}). Check user and password in EMAIL_URL; many "
            "providers want a password made for programs."
        )
    return (
        f"The mail server takes no mail from us ({code} {text}). Check with the provider that it may send "
        f"for {settings.DEFAULT_FROM_EMAIL}, or set MAIL_FROM to an address that it may send for."
    )
