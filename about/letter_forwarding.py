"""Forwards letters to the mailboxes of their topics."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from about.models import Letter
from fans.models import Mail


@transaction.atomic
def forward_letters() -> None:
    """Enqueue a mail for every letter that was not forwarded yet, except those held for review."""
    for letter in Letter.objects.awaiting_forwarding().order_by("sent_at"):
        context = {name: getattr(letter, name) for name in ("text", "page", "name", "email")}
        context |= {
            "topic": letter.topic.name,
            "desk_path": reverse("admin:about_letter_change", args=[letter.pk]),
        }
        Mail.objects.enqueue(
            "about/mail/letter",
            letter.topic.forward_to,
            key=f"letter {letter.pk}",
            context=context,
            reply_to=letter.email,
        )
        Letter.objects.filter(pk=letter.pk).update(forwarded_at=timezone.now())
