"""A real SMTP server for tests (aiosmtpd): with TLS, with log-in, and with answers that a test chooses."""

import email
import email.policy
import ssl
import threading
from contextlib import contextmanager
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.running_site import free_port

USER, PASSWORD = "magazine@mail.example", "p@ss/word:100%"


class Mailbox:
    """
    Keeps what the server takes in `messages`. `answers` maps a command to its answer instead of "250 …".

    An answer is a text, or a function of the address (of the message, for DATA) that returns a text or None.
    `asked` has (command, address) of all that was asked.
    """

    def __init__(self, has_log_in=False):
        self.has_log_in = has_log_in
        self.messages, self.answers, self.asked = [], {}, []
        self.arrived = threading.Semaphore(0)

    def _answer(self, command, about):
        self.asked.append((command, about))
        answer = self.answers.get(command)
        return answer(about) if callable(answer) else answer

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        if self.has_log_in and not session.authenticated:
            return "530 5.7.0 Authentication required"
        return self._answer("MAIL", address) or "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if refusal := self._answer("RCPT", address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        if refusal := self._answer("DATA", envelope.rcpt_tos[0]):
            return refusal
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.arrived.release()
        return "250 2.0.0 Ok: queued as TEST"

    def wait_for_message(self, seconds=60):
        """The next message that arrives."""
        assert self.arrived.acquire(timeout=seconds), "no mail has arrived"
        return self.messages[-1]


def check_log_in(server, session, envelope, mechanism, data):
    """The authenticator: takes `USER` with `PASSWORD` and nobody else."""
    is_right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=is_right, handled=False)


def tls_context(authority):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@contextmanager
def smtp_server(*, authority=None, over_tls=False, has_log_in=False, port=0):
    """
    A running server: yields its `Mailbox`, which has `url`, the EMAIL_URL for it.

    With `authority` (a trustme.CA) it offers STARTTLS, or with `over_tls` it talks TLS from the start.
    """
    mailbox = Mailbox(has_log_in)
    context = tls_context(authority) if authority else None
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port or free_port(),
        server_hostname="localhost",  # not looked up, which may take long
        ssl_context=context if over_tls else None,
        tls_context=None if over_tls else context,
        require_starttls=bool(context) and not over_tls,
        authenticator=check_log_in if has_log_in else None,
        auth_require_tls=has_log_in and not over_tls,
    )
    controller.start()
    log_in = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@" if has_log_in else ""
    mailbox.url = f"{'smtps' if over_tls else 'smtp'}://{log_in}localhost:{controller.port}"
    try:
        yield mailbox
    finally:
        controller.stop()
