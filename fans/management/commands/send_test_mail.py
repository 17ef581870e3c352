"""manage.py send_test_mail: sends one mail at once, and says what the mail server answered."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from fans import outbox
from fans.mail_faults import fault_of_sending
from fans.models import MailQueue


class Command(BaseCommand):
    help = "Send a test mail to ADDRESS, and say what the mail server answered."
    requires_system_checks = ()  # it is the way to find out what they complain about

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{address!r} is no e-mail address.") from None
        try:
            connection = outbox.connect()
        except outbox.ServerAtFault as error:
            raise CommandError(str(error)) from None
        try:
            answer = _send(address, connection)
        finally:
            outbox.close(connection)
        MailQueue.objects.resume()
        self.stdout.write(answer)


def _send(address: str, connection: BaseEmailBackend) -> str:
    """Send the mail; returns a sentence on what became of it. Raises `CommandError` if it was refused."""
    site = f"{settings.SITE_URL}/"
    message = EmailMessage(
        subject="A test mail from cinemaCLIPS",
        body=f"If you can read this, {site} can send mail.\n",
        to=[address],
    )
    try:
        connection.send_messages([message])
    except Exception as error:
        raise CommandError(fault_of_sending(error).sentence) from None
    status = getattr(message, "anymail_status", None)
    answer = getattr(connection, "answer", "") or (f"{status.message_id}" if status else "")
    if answer:
        return f"The mail server has taken the mail from {message.from_email} to {address}: {answer}"
    return f"The mail was not sent: without EMAIL_URL, {site} keeps or prints its mail (README, Mail)."
