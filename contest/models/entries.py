"""Entries, and who is excluded from entering."""

import secrets
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from contest.models.contests import Contest
from contest.models.field_lists import FIELDS_FOR_CONFIRMING, FIELDS_FOR_ENTERING
from contest.models.prizes import Prize
from contest.models.regions import Region
from contest.models.rules import Rules
from fans import codes
from fans.email_addresses import CanonicalEmailField
from trivia.models import Attempt

CODE_LENGTH = 12  # 60 bits


def new_code() -> str:
    """A random code for a receipt."""
    return codes.random_code(CODE_LENGTH)


def new_salt() -> str:
    """128 random bits as 32 hex digits, from the operating system (SPEC 1)."""
    return secrets.token_hex(16)


class EntryQuerySet(models.QuerySet["Entry"]):
    def confirmed(self) -> Self:
        """Entries that have a ticket."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self) -> Self:
        """Entries that were sent and not confirmed."""
        return self.filter(confirmed_at__isnull=True)

    def of_person(self, identity: str) -> Self:
        """Entries of one person, by the identity that their tickets bind."""
        return self.filter(identity=identity)

    def eligible(self) -> Self:
        """Confirmed entries that are not disqualified."""
        return self.confirmed().filter(disqualification__isnull=True)

    def without_recent_winners(self, contest: Contest) -> Self:
        """
        Exclude people who claimed a prize that was offered within `rest_days` before the opening.

        Winners whose entry is erased are not recognised.
        """
        since = contest.opens_at - timedelta(days=contest.rest_days)
        won = Entry.objects.filter(award__claimed_at__isnull=False, award__offered_at__gte=since)
        return self.exclude(identity__in=won.exclude(identity="").values("identity"))

    def erased(self) -> Self:
        """Entries without personal data any more."""
        return self.filter(erased_at__isnull=False)

    def cards(self) -> Self:
        """Entries that came by post."""
        return self.filter(channel=Entry.Channel.CARD)

    def with_scores(self) -> Self:
        """Annotate the counts `right` and `asked` of the entry's attempt, as rulings have changed them."""
        return self.annotate(
            right=models.F("attempt__right_count"), asked=models.F("attempt__question_count")
        )

    def for_confirming(self) -> Self:
        """Load only the columns that confirming and its mail need; one query."""
        contest = [f"contest__{name}" for name in FIELDS_FOR_ENTERING]
        return self.select_related("contest").only(*FIELDS_FOR_CONFIRMING, *contest)

    def for_receipt(self) -> Self:
        """Load everything that the receipt prints; three queries."""
        prizes = Prize.objects.select_related("release__film")
        whole = self.select_related("contest__freeze__outcome", "region", "rules")
        return whole.defer("contest__freeze__entries_text", "rules__text", "rules__summary").prefetch_related(
            models.Prefetch("contest__prizes", prizes)
        )

    def not_erased(self) -> Self:
        """Entries that still hold personal data."""
        return self.filter(erased_at__isnull=True)

    def in_ranking_order(self) -> Self:
        """The entries that have a rank, sorted by it."""
        return self.filter(rank__isnull=False).order_by("rank")


class Entry(models.Model):
    """
    One form or postal card. A form gets its ticket when the button behind the mailed link is pressed.

    `identity` is what the ticket binds: the canonical e-mail address, or name and postal address of a card
    without one. The freeze sets `weight` and the draw sets `rank`; triggers refuse to change either again.
    An erased entry keeps its ticket, weight and rank, and no personal data.
    """

    affects_pages = False

    class Channel(models.TextChoices):
        WEB = "web", "On the site"
        CARD = "card", "By post"

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    channel = models.CharField("channel", max_length=4, choices=Channel, default=Channel.WEB)
    form_token = models.CharField(max_length=64, unique=True, help_text="A form sent twice is one entry.")
    name = models.CharField(max_length=120, blank=True)
    email = CanonicalEmailField("e-mail", blank=True)
    card_postal_address = models.CharField("postal address on the card", max_length=400, blank=True)
    postmarked_on = models.DateField(null=True, blank=True)
    identity = models.CharField(max_length=600, blank=True)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict, blank=True, help_text="Answers by the question's number.")
    attempt = models.OneToOneField(
        Attempt, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    newsletter = models.BooleanField(default=False)
    network_pseudonym = models.CharField(
        max_length=64, blank=True, help_text="A keyed hash, different in each contest."
    )
    doubts = models.CharField(max_length=300, blank=True, help_text="Signs that a program has sent it.")
    reviewed_at = models.DateTimeField(
        null=True, blank=True, help_text="When staff reviewed and accepted it."
    )

    sent_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    ticket = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    weight = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    commitment = models.CharField(
        max_length=64, blank=True, help_text="Set by the freeze: the hash of what the entry then held."
    )
    erased_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "identity"],
                condition=Q(confirmed_at__isnull=False) & ~Q(identity=""),
                name="entry_one_per_person",
                violation_error_message="This person has entered already.",
            ),
            models.UniqueConstraint(
                fields=["contest", "ticket"], condition=~Q(ticket=""), name="entry_ticket_once"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="entry_code_once"),
            models.UniqueConstraint(
                fields=["contest", "rank"], condition=Q(rank__isnull=False), name="entry_rank_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, ticket="", weight__isnull=True)
                | (Q(confirmed_at__isnull=False) & ~Q(ticket="")),
                name="entry_confirmed_has_a_ticket",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__range=(1, 9_999)), name="entry_weight"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    name="", email="", card_postal_address="", identity="", salt="", code="",
                    network_pseudonym="",
                ),
                name="entry_erased_has_no_personal_data",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["contest", "confirmed_at"], name="entry_by_day"),
            models.Index(fields=["email"], condition=~Q(email=""), name="entry_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.name or 'Erased'}, {self.contest.draw_id}"

    @property
    def formatted_code(self) -> str:
        """The code in groups of four characters."""
        return codes.grouped(self.code)

    @property
    def receipt_url(self) -> str:
        return reverse("contest:receipt", args=[self.code])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
