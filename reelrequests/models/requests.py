"""A request. What staff plan is a field; that it is covered follows from its piece and the gate."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from films.models import Film, Person
from films.titles import KeyField, title_key
from magazine.models import Article

ROW_FIELDS = [
    *(
        "kind",
        "title",
        "title_key",
        "why",
        "signed",
        "moderation",
        "status",
        "reason",
        "planned_for",
        "merged_into",
    ),
    *("vote_count", "unconfirmed_count", "asked_at", "status_changed_at"),
    *(f"piece__{name}" for name in ("section", "slug", "title", "published_at", "unlisted")),
]
SHOW_SECTION = "about"  # the section whose pieces are episodes: what is on air there has an air time


class ReelRequestQuerySet(models.QuerySet):
    def shown(self):
        """What readers may see: staff have looked at it, and it is not part of another one."""
        return self.filter(moderation=ReelRequest.Moderation.SHOWN, merged_into__isnull=True)

    def awaiting_moderation(self):
        """What staff have not looked at yet, what may be spam last."""
        return self.filter(moderation=ReelRequest.Moderation.WAITING).order_by(
            F("held_for").asc(), "asked_at"
        )

    def answered(self):
        """Those whose piece is out, right now."""
        return self.filter(piece__published_at__lte=timezone.now(), piece__unlisted=False)

    def unanswered(self):
        """The others: they have no piece, or it is not out, or only for those who have its address."""
        none = Q(piece__isnull=True) | Q(piece__published_at__isnull=True)
        return self.filter(none | Q(piece__published_at__gt=timezone.now()) | Q(piece__unlisted=True))

    def open(self):
        """Those that still wait: no piece of theirs is out, and nobody has declined them."""
        return self.unanswered().exclude(status=Status.DECLINED)

    def with_public_status(self, status):
        """Those that read as `status` to a reader; see `ReelRequest.public_status`."""
        on_air = Q(piece__section=SHOW_SECTION)
        if status == Status.ON_AIR:
            return self.answered().filter(on_air)
        if status == Status.COVERED:
            return self.answered().exclude(on_air)
        return self.unanswered().filter(status=status)

    def most_wanted(self):
        """Those with the most people first; people we cannot tell apart for sure decide only ties."""
        return self.order_by("-vote_count", "-unconfirmed_count", "-pk")

    def newest_first(self):
        return self.order_by("-asked_at", "-pk")

    def latest_with_status(self, status):
        """Those that read as `status`, what came to it last first."""
        found = self.with_public_status(status)
        if status in (Status.ON_AIR, Status.COVERED):
            return found.order_by("-piece__published_at", "-pk")
        return found.order_by("-status_changed_at", "-pk")

    def for_rows(self):
        """What a line of a list prints, and no more; one query."""
        return self.select_related("piece").only(*ROW_FIELDS)

    def for_page(self):
        """One with all that its page prints; one query."""
        whole = self.select_related("film", "person", "piece", "merged_into")
        return whole.defer("piece__body", "piece__plain_text", "piece__search_text", "piece__search_title")

    def merged_group(self, reel_request):
        """The request and all that were made part of it."""
        return self.filter(Q(pk=reel_request.pk) | Q(merged_into=reel_request.pk))

    def to_notify(self, now):
        """Those whose piece is out, and whose people have not all heard of it."""
        out = self.filter(piece__published_at__lte=now, piece__unlisted=False)
        return out.filter(notified_at__isnull=True, merged_into__isnull=True).select_related("piece")


class Status(models.TextChoices):
    """What a request reads as. The last two are never stored: see `ReelRequest.public_status`."""

    NEW = "new", "New"
    PLANNED = "planned", "Planned"
    PRODUCTION = "production", "In production"
    DECLINED = "declined", "Declined"
    ON_AIR = "on-air", "On air"
    COVERED = "covered", "Covered"


STORED_STATUSES = [Status.NEW, Status.PLANNED, Status.PRODUCTION, Status.DECLINED]


class ReelRequest(models.Model):
    """
    What a reader asked for. `vote_count` are the people who want it, counted by their confirmed addresses;
    `unconfirmed_count` are browsers that want it too. Both follow from the votes: see `vote_counts.recount`.
    """

    affects_pages = False  # every vote writes here; what staff decide is printed by its `Step`

    class Kind(models.TextChoices):
        FILM = "film", "A film"
        CLIP = "clip", "A clip"
        PERSON = "person", "A person"
        TOPIC = "topic", "A topic"
        # The value stands in public URLs (?kind=riddle), which are promises.
        IDENTIFY = "riddle", "What’s that film?"

    class Moderation(models.TextChoices):
        WAITING = "waiting", "Not looked at"
        SHOWN = "shown", "Shown"
        SPAM = "spam", "Spam, staff say"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FILM)
    title = models.CharField("what is asked for", max_length=160)
    title_key = KeyField(of="title")
    why = models.TextField(max_length=600, blank=True, help_text="Read out on air.")
    signed = models.CharField("asked by", max_length=80, blank=True, help_text="As in Ana from Tempe.")
    film = models.ForeignKey(
        Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests",
        help_text="Found by the title; of a riddle it is the answer.",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests"
    )
    moderation = models.CharField("look", max_length=8, choices=Moderation, default=Moderation.WAITING)
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
        help_text="The piece or the episode that covers it. Everybody who asked hears when it is out.",
    )  # fmt: skip
    planned_for = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", editable=False
    )
    vote_count = models.PositiveIntegerField("voices", default=0, editable=False)
    unconfirmed_count = models.PositiveIntegerField("unconfirmed", default=0, editable=False)
    submission_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    status_changed_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When its status last changed."
    )
    notified_at = models.DateTimeField("told at", null=True, editable=False)

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

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reelrequests:detail", args=[self.pk])

    @property
    def is_answered(self):
        """Whether its piece is out, right now."""
        return self.piece is not None and self.piece.is_listed

    @property
    def public_status(self):
        """What it reads as: what staff have decided, until its piece is out."""
        if self.is_answered:
            return Status.ON_AIR if self.piece.section == SHOW_SECTION else Status.COVERED
        return Status(self.status)

    @property
    def answered_at(self):
        """When it was answered: when its piece came out, or was found to be what was asked for."""
        return max(self.piece.published_at, self.status_changed_at)

    @property
    def is_open(self):
        """Whether a vote can still be added."""
        return not self.is_answered and self.status != Status.DECLINED

    @property
    def is_public(self):
        return self.moderation == self.Moderation.SHOWN and self.merged_into_id is None

    def index_words(self):
        """Bring the words by which similar requests are found up to date."""
        words = set(title_key(self.title).split()) if self.is_public else set()
        self.words.exclude(word__in=words).delete()
        RequestWord.objects.bulk_create(
            [RequestWord(request=self, word=word[:40]) for word in sorted(words)], ignore_conflicts=True
        )


class RequestWord(models.Model):
    """A word of the title of a request that readers may see, brought to the key's spelling."""

    affects_pages = False

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "request"], name="request_word_once")]

    def __str__(self):
        return self.word
