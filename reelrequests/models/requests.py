"""
A reel request.

`status` stores what staff have decided. That a request is covered is not stored; it is computed from whether
its piece is published.
"""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from films.models import Film, Person
from films.titles import KeyField, title_key
from magazine.models import Article
from reelrequests.models.querysets import ReelRequestQuerySet
from reelrequests.models.statuses import SHOW_SECTION, STORED_STATUSES, Status


class ReelRequest(models.Model):
    """
    What a reader asked for.

    `vote_count` counts the people who want it by their confirmed e-mail addresses, `unconfirmed_count` the
    browsers without a confirmed address. Both are computed from the votes by `vote_counts.recount`.
    """

    # Every vote writes to this table. A decision of staff also adds a `Step`, which starts a new generation.
    affects_pages = False
    withdrawal_fields = ["moderation", "merged_into", "signed"]

    class Kind(models.TextChoices):
        FILM = "film", "A film"
        CLIP = "clip", "A clip"
        PERSON = "person", "A person"
        TOPIC = "topic", "A topic"
        # The value is part of public URLs (?kind=riddle), which must stay valid.
        IDENTIFY = "riddle", "What’s that film?"

    class Moderation(models.TextChoices):
        WAITING = "waiting", "Waiting for review"
        SHOWN = "shown", "Shown"
        SPAM = "spam", "Marked as spam"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FILM)
    title = models.CharField("what is asked for", max_length=160)
    title_key = KeyField(of="title")
    why = models.TextField(max_length=600, blank=True, help_text="Read out on air.")
    signed = models.CharField("asked by", max_length=80, blank=True, help_text="As in Ana from Tempe.")
    film = models.ForeignKey(
        Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests",
        help_text="Found by the title; for a film to identify, the answer.",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests"
    )
    moderation = models.CharField("moderation", max_length=8, choices=Moderation, default=Moderation.WAITING)
    held_for = models.CharField(max_length=300, blank=True, help_text="Why it may be spam.")
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.label) for status in STORED_STATUSES],
        default=Status.NEW,
    )
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why it is declined, in a sentence that readers see."
    )
    piece = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests",
        help_text="The piece or the episode that covers it. Everybody who asked is mailed when it is out.",
    )  # fmt: skip
    planned_for = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", editable=False
    )
    vote_count = models.PositiveIntegerField("votes", default=0, editable=False)
    unconfirmed_count = models.PositiveIntegerField("unconfirmed", default=0, editable=False)
    submission_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    status_changed_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When its status last changed."
    )
    notified_at = models.DateTimeField("notified at", null=True, editable=False)

    objects = ReelRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "request"
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["moderation", "-vote_count", "-unconfirmed_count", "-id"], name="request_most_wanted"
            ),
            models.Index(fields=["moderation", "-asked_at", "-id"], name="request_newest"),
            models.Index(
                fields=["moderation", "status", "-status_changed_at", "-id"], name="request_status_changed"
            ),
            models.Index(
                fields=["piece"],
                condition=Q(piece__isnull=False, notified_at__isnull=True),
                name="request_to_notify",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in STORED_STATUSES]),
                name="request_status_is_stored",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(reason=""), name="request_declined_with_a_reason",
                violation_error_message="Say why, in a sentence: everybody who asked reads it.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="request_not_merged_into_itself",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reelrequests:detail", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        """Whether its piece is published and listed now."""
        return self.piece is not None and self.piece.is_listed

    @property
    def public_status(self) -> Status:
        """The status readers see: the stored one until its piece is published, then covered or on air."""
        if self.piece and self.piece.is_listed:
            return Status.ON_AIR if self.piece.section == SHOW_SECTION else Status.COVERED
        return Status(self.status)

    @property
    def answered_at(self) -> datetime:
        """
        When an answered request was answered.

        That is when its piece was published, or later, when staff linked a piece that was published already.
        """
        piece = cast(Article, self.piece)
        return max(cast(datetime, piece.published_at), self.status_changed_at)

    @property
    def is_open(self) -> bool:
        """Whether a vote can still be added."""
        return not self.is_answered and self.status != Status.DECLINED

    @property
    def is_public(self) -> bool:
        """Whether readers may see it as a request of its own."""
        return self.moderation == self.Moderation.SHOWN and self.merged_into_id is None

    def index_words(self) -> None:
        """Store the words of the title, by which similar requests are found; none if it is not public."""
        words = set(title_key(self.title).split()) if self.is_public else set()
        self.words.exclude(word__in=words).delete()
        RequestWord.objects.bulk_create(
            [RequestWord(request=self, word=word[:40]) for word in sorted(words)], ignore_conflicts=True
        )


class RequestWord(models.Model):
    """A word of the title of a public request, in the spelling of its title key."""

    affects_pages = False

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "request"], name="request_word_once")]

    def __str__(self) -> str:
        return self.word
