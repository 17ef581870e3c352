"""Telling the right mailbox that a letter has come."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from about.models import Letter

AT_ONCE = 5


def tell_staff():
    """
    Mail the newest letters to the mailboxes of their topics; True if there are more.

    A letter is marked after its mail has left: a crash between the two tells a mailbox twice, never not
    at all. Held letters wait at the desk.
    """
    waiting = list(Letter.objects.untold().order_by("sent_at")[: AT_ONCE + 1])
    for letter in waiting[:AT_ONCE]:
        _mail(letter).send()
        letter.told_at = timezone.now()
        letter.save(update_fields=["told_at"])
    return len(waiting) > AT_ONCE


def _mail(letter):
    desk = settings.SITE_URL + reverse("admin:about_letter_change", args=[letter.pk])
    return EmailMessage(
        # On one line: a header takes no other.
        subject=" ".join(f"{letter.topic}: a letter from {letter.name or 'a reader'}".split()),
        body=render_to_string("about/mail/letter.txt", {"letter": letter, "desk": desk}),
        to=[letter.topic.goes_to],
        reply_to=[letter.email] if letter.email else [],
        headers={"Message-ID": f"<letter-{letter.pk}@{settings.SITE_HOST}>"},
    )
