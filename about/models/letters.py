"""Letters from readers. Every valid letter is kept, spam too."""

from typing import Self

from django.db import models
from django.utils import timezone

from about.models.topics import Topic


class LetterQuerySet(models.QuerySet["Letter"]):
    def awaiting_forwarding(self) -> Self:
        """The letters that are to be forwarded; without those that are held for review."""
        return self.filter(forwarded_at__isnull=True, state=Letter.State.NEW).select_related("topic")


class Letter(models.Model):
    """One letter from the contact form."""

    affects_pages = False

    class State(models.TextChoices):
        NEW = "new", "New"
        HELD = "held", "Held: looks like spam"
        ANSWERED = "answered", "Answered"
        SPAM = "spam", "Marked as spam"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="letters")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    page = models.CharField(max_length=500, blank=True, help_text="The page it is about.")
    text = models.TextField(max_length=5000)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    hold_reason = models.CharField(max_length=300, blank=True, help_text="Why it was held.")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    forwarded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.topic}, from {self.name or 'a reader'}"
