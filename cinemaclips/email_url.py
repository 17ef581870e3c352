"""Reads EMAIL_URL (the server that sends mail) and MAIL_FROM (the sender). Bad values end the program."""

import re
from email.utils import parseaddr
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

BACKEND = "fans.smtp.EmailBackend"
TIMEOUT = 60  # seconds; RFC 5321 allows slow servers, and hanging up early would send a mail twice
SUBMISSION_PORT, TLS_PORT, RELAY_PORT = 587, 465, 25
SERVICES = (
    "brevo mailersend mailgun mailjet mailtrap mandrill postal postmark resend scaleway sendgrid sparkpost"
).split()
HELP = (
    "Write smtp://user:password@host:port (STARTTLS, port 587), smtps://user:password@host:port (TLS from "
    "the start, port 465), or smtp://host:port for a relay that asks for no password (port 25). In user and "
    "password, signs such as : / ? # @ % are percent-encoded, as in %40 for @. For the interface of a mail "
    "service write anymail://service?option=value, as in anymail://postmark?server_token=TOKEN."
)


def mailer_from_url(url: str) -> dict[str, Any]:
    """The entry of `MAILERS` for this EMAIL_URL. Raises `SystemExit` with a sentence without the password."""
    try:
        if url.startswith("anymail:"):
            return _service(url)
        return {"BACKEND": BACKEND, "OPTIONS": _smtp_options(url)}
    except ValueError as error:
        raise SystemExit(f"EMAIL_URL cannot be used: {error}. {HELP}") from None


def checked_sender(sender: str) -> str:
    """`sender` (MAIL_FROM). Raises `SystemExit` unless it is an address, with a name or without."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(sender)[1]) or not sender.isprintable():
        raise SystemExit(
            f"MAIL_FROM cannot be used: {sender!r} is no address. "
            "Write it as in MAIL_FROM='cinemaCLIPS <magazine@example.com>'."
        )
    return sender


def _smtp_options(url: str) -> dict[str, Any]:
    parts, user, password = _split(url)
    has_tls = parts.scheme == "smtps"
    default_port = TLS_PORT if has_tls else SUBMISSION_PORT if user else RELAY_PORT
    return {
        "host": parts.hostname,
        "port": default_port if parts.port is None else parts.port,
        "username": user,
        "password": password,
        "use_ssl": has_tls,
        "use_tls": bool(user) and not has_tls,
        "timeout": TIMEOUT,
    }


def _service(url: str) -> dict[str, Any]:
    """A service's own interface, sent to by django-anymail. Its documentation names the options."""
    parts = _parse(url)
    if parts.hostname not in SERVICES:
        raise ValueError(f"it names no mail service; django-anymail knows {', '.join(SERVICES)}")
    options = dict(parse_qsl(parts.query))
    if not options:
        raise ValueError("it gives no option to the mail service, such as its key")
    return {"BACKEND": f"anymail.backends.{parts.hostname}.EmailBackend", "OPTIONS": options}


def _split(url: str) -> tuple[SplitResult, str, str]:
    """The parts of the URL, and user and password in plain text. Raises `ValueError` with the problem."""
    if not url.isprintable() or " " in url:
        raise ValueError("there is a space or a line break in it")
    parts = _parse(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError("it begins with neither smtp:// nor smtps://")
    if not parts.hostname:
        raise ValueError("it names no host")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("there is something behind the host and the port")
    user, password = _plain(parts.username or ""), _plain(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("it has a password and no user" if password else "it has a user and no password")
    return parts, user, password


def _parse(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        has_valid_port = parts.port is None or parts.port > 0
    except ValueError:  # its text may quote a part of the password
        has_valid_port = False
    if not has_valid_port:
        raise ValueError("its host or port is malformed")
    return parts


def _plain(text: str) -> str:
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise ValueError("there is a % in it that encodes nothing")
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise ValueError("what is percent-encoded in it is not UTF-8") from None
