"""The model of a contest, with its terms and its state."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from contest.models import publish_checks
from contest.models.contest_constraints import CONTEST_CONSTRAINTS
from contest.models.contest_queries import ContestQuerySet
from contest.models.field_lists import REQUIRED_FIELDS
from contest.models.schedule import Schedule
from films.countries import in_a_sentence
from magazine.models import Article
from magazine.publishing import PublishBlocker
from trivia.models import Quiz

if TYPE_CHECKING:
    from contest.beacons import BeaconLine
    from contest.models.prizes import Prize
    from contest.models.rules import Rules

MAX_REGIONS_NAMED = 4
PAGE_NAMES = ["enter", "sent", "rules", "proof", "studio", "on_air", "qr_code"]
CLAIM_ROUNDS = 3  # the deletion date must leave time to offer a prize this many times


class Contest(Article, Schedule):
    """A contest to win discs, from its announcement to the day on which its entries are deleted."""

    class Eligibility(models.TextChoices):
        ALL = "all", "Everybody is in the draw"
        RIGHT = "right", "Only those with every answer right are in the draw"
        BEST = "best", "The best scores are in the draw, as many scores as the prizes need"
        CHANCES = "chances", "Everybody is in; each right answer is one more chance"

    draw_id = models.SlugField(
        "draw id", max_length=40, unique=True, help_text="As in dvd-2026-12. It is part of every ticket."
    )
    regions = models.ManyToManyField("contest.Region", blank=True, related_name="contests")
    minimum_age = models.PositiveSmallIntegerField(default=18)
    rest_days = models.PositiveSmallIntegerField(
        "days without a win",
        default=0,
        help_text="Who won in this many days before the opening is not in the draw. 0: all are.",
    )

    question_set = models.ForeignKey(
        Quiz, null=True, blank=True, on_delete=models.PROTECT, related_name="contests",
        help_text="A quiz. Leave it a draft, so that nobody can practise.",
    )  # fmt: skip
    questions_per_entry = models.PositiveSmallIntegerField(
        "questions per entry",
        null=True,
        blank=True,
        help_text="How many of its questions each entry is asked. Empty: all.",
    )
    eligibility = models.CharField("eligibility", max_length=8, choices=Eligibility, default=Eligibility.ALL)
    max_chances = models.PositiveSmallIntegerField(
        "most chances of an entry", default=10, help_text="Used if each right answer is one more chance."
    )

    alternates = models.PositiveSmallIntegerField(
        default=10,
        help_text="How many more entries may be offered a prize, in their order, if winners do not claim.",
    )
    claim_days = models.PositiveSmallIntegerField(default=10, help_text="Days to claim a prize.")
    sponsor = models.CharField(max_length=200, blank=True, help_text="Who promises the prizes, by full name.")
    sponsor_postal_address = models.TextField(
        "sponsor’s postal address",
        max_length=400,
        blank=True,
        help_text="Postal entries go there too.",
    )
    cards_received_by = models.DateField("cards received by", null=True, blank=True)
    at_retail = models.BooleanField("offered in shops", default=False)
    entries_deleted_on = models.DateField(
        "entries deleted on", null=True, blank=True, help_text="Printed in the rules."
    )
    winners_deleted_on = models.DateField("winners deleted on", null=True, blank=True)

    objects: ClassVar = ContestQuerySet.as_manager()

    class Meta:
        constraints = CONTEST_CONSTRAINTS
        permissions = [
            ("draw_contest", "Can freeze a contest and type in the numbers of its draw"),
            ("see_entrants", "Can see who has entered and who has won"),
        ]

    def clean(self) -> None:
        """Check the dates against each other, where the fields themselves are valid."""
        super().clean()
        errors = {}
        has_closing = self.closes_at and self.zone in available_timezones()
        if self.cards_received_by and has_closing and self.cards_received_by < self.closes_at_local.date():
            errors["cards_received_by"] = "Cards must have as long as other entries: not before it closes."
        if self.published_at and self.opens_at and self.opens_at < self.published_at:
            errors["opens_at"] = "It opens before it is published."
        if errors:
            raise ValidationError(errors)

    # State

    @cached_property
    def numbers_at(self) -> datetime | None:
        """When the first source of the beacon is drawn; None without sources."""
        return min((source.drawn_at for source in self.sources.all()), default=None)

    def state_at(self, now: datetime) -> str:
        """The state at `now`: "announced", "open", "confirming", "closed", "frozen" or "drawn"."""
        if now < self.closes_at:
            return "open" if self.opens_at <= now else "announced"
        freeze = getattr(self, "freeze", None)
        if freeze is None:
            return "confirming" if now < self.confirm_by else "closed"
        return "drawn" if getattr(freeze, "outcome", None) else "frozen"

    @property
    def has_opened(self) -> bool:
        """Whether its opening is in the audit log, from when its terms and rules cannot be changed."""
        return bool(self.pk) and (self.audit_log.filter(kind="opened").exists() or self.is_running)

    @property
    def is_running(self) -> bool:
        """Whether it is published and has opened; also True after the close."""
        return self.is_published and self.opens_at <= timezone.now()

    # Terms

    @property
    def regions_in_words(self) -> str:
        """The regions by name if they are few, else how many of each country."""
        regions = list(self.regions.all())
        if len(regions) <= MAX_REGIONS_NAMED:
            return ", ".join(region.name for region in regions)
        counts = Counter(region.country for region in regions)
        phrases = [
            f"{in_a_sentence(country)} ({counts[country]} regions)"
            for country in sorted(counts, key=lambda country: counts[country], reverse=True)
        ]
        return " and ".join(phrases).replace(" (1 regions)", "")

    @cached_property
    def prizes_in_order(self) -> list["Prize"]:
        """The prizes, repeated by their quantity; the n-th place wins the n-th of them."""
        return [prize for prize in self.prizes.all() for _ in range(prize.quantity)]

    @property
    def total_value(self) -> Decimal:
        """The value of all prizes together, in US dollars."""
        return sum((prize.value * prize.quantity for prize in self.prizes.all()), Decimal(0))

    @property
    def max_weight(self) -> int:
        """The most chances an entry can have: the manifest's max-weight."""
        return self.max_chances if self.eligibility == self.Eligibility.CHANCES else 1

    @property
    def ineligible_reason(self) -> str:
        """Why an entry may not be in the draw, as a sentence for its receipt; "" if all entries are in it."""
        by_answers: dict[str, str] = {
            self.Eligibility.RIGHT: "not every answer was right",
            self.Eligibility.BEST: "the score was not among the best",
        }
        by_rest = f"you won a prize of ours in the {self.rest_days} days before it opened"
        reasons = [by_answers.get(self.eligibility, ""), by_rest if self.rest_days else ""]
        return " or ".join(reason for reason in reasons if reason)

    @property
    def entropy_bits(self) -> float:
        """The entropy of the beacon, in bits."""
        return sum(source.game_spec.entropy_bits for source in self.sources.all())

    def beacon_lines(self) -> list[tuple[str, str]]:
        """The (kind, name) of every line that the beacon will have, in the manifest's order."""
        return [line for source in self.sources.all() for line in source.beacon_lines]

    def beacon_line_formats(self) -> list["BeaconLine"]:
        """The formats of these lines, in the same order."""
        return [line for source in self.sources.all() for line in source.game_spec.lines]

    def rules_in_force(self) -> "Rules | None":
        """The version of the rules under which it has opened, without its text; None before. One query."""
        opened = self.rules.filter(contest__audit_log__kind="opened")
        return opened.defer("text", "summary").order_by("-version").first()

    @property
    def current_rules(self) -> "Rules | None":
        """The last version of the rules; None for a draft that has never had any."""
        return self.rules.order_by("-version").first()

    @property
    def last_alternate_rank(self) -> int:
        """The rank of the last alternate, as long as nobody before it is disqualified."""
        return len(self.prizes_in_order) + self.alternates

    # Publication

    def missing_fields(self) -> list[PublishBlocker]:
        """Blockers for required fields that are empty, and for a deletion date before the last claim."""
        missing = [
            PublishBlocker(field, sentence)
            for field, sentence in REQUIRED_FIELDS.items()
            if not getattr(self, field)
        ]
        if self.entries_deleted_on and self.closes_at and self.entries_deleted_on < self.latest_claim_day():
            sentence = f"Winners must have the time to answer: {self.latest_claim_day():%Y-%m-%d} or later."
            missing.append(PublishBlocker("entries_deleted_on", sentence))
        return super().missing_fields() + missing

    def latest_claim_day(self) -> date:
        """The last day on which a prize can be claimed if it is offered `CLAIM_ROUNDS` times."""
        numbers_at = self.numbers_at if self.pk else None
        return ((numbers_at or self.closes_at) + CLAIM_ROUNDS * timedelta(days=self.claim_days)).date()

    def missing_rows(self) -> list[PublishBlocker]:
        """Blockers for missing related rows. Unlike other pieces, a contest needs no byline."""
        return publish_checks.publish_blockers(self)

    def structured_data(self) -> dict[str, Any]:
        """The structured data of a piece, with the contest as a schema.org Event."""
        prizes = ", ".join(str(prize) for prize in self.prizes.all())
        event = {
            "@type": "Event", "name": self.title, "description": f"To be won: {prizes}.",
            "startDate": self.opens_at_local.isoformat(), "endDate": self.closes_at_local.isoformat(),
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "url": settings.SITE_URL + self.get_absolute_url()},
        }  # fmt: skip
        return super().structured_data() | {"mainEntity": event}

    @property
    def page_urls(self) -> dict[str, str]:
        """The URLs of the contest's other pages, by name."""
        return {name: reverse(f"contest:{name}", args=[self.slug]) for name in PAGE_NAMES}
