"""The outbox in tests: send what is due, and find the link in a mail."""

import re

from django.core import mail

from fans.outbox import deliver_batch


def deliver():
    """Send everything that is due; all mails sent so far in this test."""
    while deliver_batch():
        pass
    return mail.outbox


def link_in(message):
    """The path of the first link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S*)", message.body)[1]
