"""Django's SMTP backend, which also keeps what the server answered to the last message."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class _KeepsAnswer:
    """Mixed into the classes of smtplib, whose `sendmail` drops the answer to an accepted message."""

    answer = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, text = super().data(msg)  # type: ignore[misc]  # of smtplib's classes
        self.answer = f"{code} {text.decode(errors='replace')}"
        return code, text


class _SMTP(_KeepsAnswer, smtplib.SMTP):
    pass


class _SMTPOverTLS(_KeepsAnswer, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Sends by SMTP. `answer` is the server's reply to the last message, as in "250 2.0.0 Ok: queued"."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SMTPOverTLS if self.use_ssl else _SMTP

    @property
    def answer(self) -> str:
        return getattr(self.connection, "answer", "")
