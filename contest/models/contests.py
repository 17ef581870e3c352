"""A contest: what it promises, and in which words. Its state follows from the clock and from acts."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from contest import publish_checks
from contest.models.terms import Prize
from films.countries import in_a_sentence
from magazine.fields import validate_time_zone
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker
from trivia.models import Quiz

if TYPE_CHECKING:
    from contest.beacons import HexLine
    from contest.models import Rules

CONFIRMATION_PERIOD = timedelta(hours=24)  # after the close, for entries sent before it
REVIEW_PERIOD = timedelta(hours=24)  # at least, between the last confirmation and the first public number
MIN_FREEZE_LEAD = timedelta(hours=1)  # of the first public number (SPEC, property a)
MAX_REGIONS_NAMED = 4
PAGE_NAMES = ["enter", "sent", "rules", "proof", "studio", "on_air", "qr_code"]
AUTO_FREEZE_LEAD = timedelta(hours=3)  # before it, where staff have not done it
LOWEST_MINIMUM_AGE = 13
# What no longer changes once the contest has opened, beside its prizes, regions and sources.
FROZEN_FIELDS = [
    *(
        "draw_id",
        "opens_at",
        "closes_at",
        "zone",
        "minimum_age",
        "rest_days",
        "question_set",
        "questions_per_entry",
        "eligibility",
        "max_chances",
    ),
    *(
        "alternates",
        "sponsor",
        "sponsor_postal_address",
        "cards_received_by",
        "claim_days",
        "entries_deleted_on",
    ),
    *("winners_deleted_on", "at_retail"),
]


FIELDS_FOR_ENTERING = [
    *("section", "slug", "title", "published_at", "unlisted", "draw_id", "opens_at", "closes_at", "zone"),
    *(
        "minimum_age",
        "question_set",
        "questions_per_entry",
        "eligibility",
        "sponsor",
        "sponsor_postal_address",
        "entries_deleted_on",
    ),
]


def frozen_columns() -> list[str]:
    return [Contest._meta.get_field(name).column for name in FROZEN_FIELDS]


class ContestQuerySet(ArticleQuerySet):
    def open_at(self, now: datetime) -> Self:
        """Those that take entries right now, the one that closes first before the others."""
        return self.published().filter(opens_at__lte=now, closes_at__gt=now).order_by("closes_at", "pk")

    def for_entering(self) -> Self:
        """Each with what decides about an entry and what its mails tell, and no more; one query."""
        return self.only(*FIELDS_FOR_ENTERING)

    def with_prizes(self) -> Self:
        """Each with what is to be won; one query more."""
        prizes = Prize.objects.select_related("release__film")
        return self.prefetch_related(models.Prefetch("prizes", prizes))

    def with_regions(self) -> Self:
        return self.prefetch_related("regions")

    def with_sources(self) -> Self:
        return self.prefetch_related("sources")

    def with_terms(self) -> Self:
        """Each with all that its rules are made from; three queries more."""
        return self.select_related("question_set").with_prizes().with_regions().with_sources()

    def with_draw(self) -> Self:
        """Each with its frozen list's row and its outcome, but not the list itself, for `state`."""
        return self.select_related("freeze__outcome").defer("freeze__entries_text")

    def coming(self, now: datetime) -> Self:
        return self.filter(opens_at__gt=now).order_by("opens_at", "pk")

    def closed_at(self, now: datetime) -> Self:
        """Those that are over, the last one first."""
        return self.filter(closes_at__lte=now).order_by("-closes_at", "-pk")

    def due_to_open(self, now: datetime) -> Self:
        """Those whose opening has come and is not recorded yet."""
        return self.reachable().filter(opens_at__lte=now).exclude(audit_log__kind="opened")

    def with_personal_entries(self) -> Self:
        """Those of which we still hold something on a person."""
        return self.filter(entries__erased_at__isnull=True).distinct()

    def drawn(self) -> Self:
        return self.filter(freeze__outcome__isnull=False)


class Contest(Article):
    """A contest to win discs, from its announcement to the day on which its entries are deleted."""

    class Eligibility(models.TextChoices):
        ALL = "all", "Everybody is in the draw"
        RIGHT = "right", "Only those with every answer right are in the draw"
        BEST = "best", "The best scores are in the draw, as many scores as the prizes need"
        CHANCES = "chances", "Everybody is in; each right answer is one more chance"

    draw_id = models.SlugField(
        "draw id", max_length=40, unique=True, help_text="As in dvd-2026-12. It stands in every ticket."
    )
    opens_at = models.DateTimeField("opens")
    closes_at = models.DateTimeField("closes", help_text="What comes at this second is late.")
    zone = models.CharField(
        max_length=50, validators=[validate_time_zone], default=settings.TIME_ZONE,
        help_text="The zone in which both are printed, as in America/Phoenix.",
    )  # fmt: skip
    regions = models.ManyToManyField("contest.Region", blank=True, related_name="contests")
    minimum_age = models.PositiveSmallIntegerField(default=18)
    rest_days = models.PositiveSmallIntegerField(
        "earlier winners rest",
        default=0,
        help_text="Who has won in so many days before it opens is not in the draw. 0: nobody rests.",
    )

    question_set = models.ForeignKey(
        Quiz, null=True, blank=True, on_delete=models.PROTECT, related_name="contests",
        help_text="A quiz. Leave it a draft, so that nobody can practise.",
    )  # fmt: skip
    questions_per_entry = models.PositiveSmallIntegerField(
        "asks",
        null=True,
        blank=True,
        help_text="So many of its questions, others for each entry. Empty: all.",
    )
    eligibility = models.CharField("what counts", max_length=8, choices=Eligibility, default=Eligibility.ALL)
    max_chances = models.PositiveSmallIntegerField(
        "most chances", default=10, help_text="The most that one entry can have."
    )

    alternates = models.PositiveSmallIntegerField(
        default=10,
        help_text="How many are asked, in their order, for prizes that winners leave.",
    )
    claim_days = models.PositiveSmallIntegerField(default=10, help_text="How long a winner has to answer.")
    sponsor = models.CharField(max_length=200, blank=True, help_text="Who promises the prizes, by full name.")
    sponsor_postal_address = models.TextField(
        "its postal address",
        max_length=400,
        blank=True,
        help_text="Postal entries go there too.",
    )
    cards_received_by = models.DateField("cards received by", null=True, blank=True)
    at_retail = models.BooleanField("offered in shops", default=False)
    entries_deleted_on = models.DateField(
        "entries deleted on", null=True, blank=True, help_text="Printed, and kept."
    )
    winners_deleted_on = models.DateField("winners deleted on", null=True, blank=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="contest_closes_after_it_opens",
                violation_error_message="It closes before it opens.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__gte=LOWEST_MINIMUM_AGE), name="contest_for_thirteen_and_over",
                violation_error_message=f"Nobody under {LOWEST_MINIMUM_AGE} may be asked for anything.",
            ),
            models.CheckConstraint(
                condition=Q(eligibility="all") | Q(question_set__isnull=False), name="contest_eligibility_needs_questions",
                violation_error_message="What counts are answers: choose a question set.",
            ),
            models.CheckConstraint(
                condition=Q(max_chances__range=(1, 9_999)), name="contest_max_chances",
                violation_error_message="An entry has 1 to 9,999 chances.",
            ),
            models.CheckConstraint(
                condition=Q(claim_days__range=(3, 90)), name="contest_time_to_claim",
                violation_error_message="Winners need from 3 to 90 days.",
            ),
            models.CheckConstraint(
                condition=Q(entries_deleted_on__isnull=True) | Q(winners_deleted_on__isnull=True)
                | Q(winners_deleted_on__gte=F("entries_deleted_on")),
                name="contest_winners_deleted_last",
                violation_error_message="Winners are deleted with the other entries or after them.",
            ),
        ]  # fmt: skip
        permissions = [
            ("draw_contest", "Can freeze a contest and type in the numbers of its draw"),
            ("see_entrants", "Can see who has entered and who has won"),
        ]

    def clean(self) -> None:
        super().clean()
        errors = {}
        has_closing = (
            self.closes_at and self.zone in available_timezones()
        )  # else the fields say so themselves
        if self.cards_received_by and has_closing and self.cards_received_by < self.closes_at_local.date():
            errors["cards_received_by"] = "Cards must have as long as other entries: not before it closes."
        if self.published_at and self.opens_at and self.opens_at < self.published_at:
            errors["opens_at"] = "It opens before it is published."
        if errors:
            raise ValidationError(errors)

    # When

    @property
    def opens_at_local(self) -> datetime:
        """The opening in the contest's own zone."""
        return self.opens_at.astimezone(ZoneInfo(self.zone))

    @property
    def closes_at_local(self) -> datetime:
        return self.closes_at.astimezone(ZoneInfo(self.zone))

    @property
    def confirm_by(self) -> datetime:
        """Until when an entry sent in time may be confirmed."""
        return self.closes_at + CONFIRMATION_PERIOD

    @cached_property
    def numbers_at(self) -> datetime | None:
        """When the first of the public numbers is drawn; None without sources."""
        return min((source.drawn_at for source in self.sources.all()), default=None)

    @property
    def earliest_numbers_at(self) -> datetime:
        """Before this moment no public number may be drawn: there would be no time to look and to freeze."""
        return self.confirm_by + REVIEW_PERIOD

    def is_open_at(self, now: datetime) -> bool:
        """The instance's side of `open_at`, of one that is published."""
        return self.opens_at <= now < self.closes_at

    def state_at(self, now: datetime) -> str:
        """Where the contest stands, as a word; see `STATES` for the words that readers get."""
        if now < self.closes_at:
            return "open" if self.opens_at <= now else "announced"
        freeze = getattr(self, "freeze", None)
        if freeze is None:
            return "confirming" if now < self.confirm_by else "closed"
        return "drawn" if getattr(freeze, "outcome", None) else "frozen"

    @property
    def has_opened(self) -> bool:
        """Whether its fields and rules are frozen."""
        return bool(self.pk) and (self.audit_log.filter(kind="opened").exists() or self.is_running)

    @property
    def is_running(self) -> bool:
        return self.is_published and self.opens_at <= timezone.now()

    # What is to be won

    @property
    def regions_in_words(self) -> str:
        """Where people may take part from, in few words: the regions, or how many of each country."""
        regions = list(self.regions.all())
        if len(regions) <= MAX_REGIONS_NAMED:
            return ", ".join(region.name for region in regions)
        regions_by_country = Counter(region.country for region in regions)
        phrases = [
            f"{in_a_sentence(country)} ({regions_by_country[country]} regions)"
            for country in sorted(regions_by_country, key=regions_by_country.get, reverse=True)
        ]
        return " and ".join(phrases).replace(" (1 regions)", "")

    @cached_property
    def prizes_in_order(self) -> list[Prize]:
        """The prizes one by one in the order of the ranking: who comes first gets the first."""
        return [prize for prize in self.prizes.all() for _ in range(prize.quantity)]

    @property
    def total_value(self) -> Decimal:
        """What all prizes are worth together, in US dollars."""
        return sum(prize.value * prize.quantity for prize in self.prizes.all())

    @property
    def max_weight(self) -> int:
        """The most chances an entry can have: the manifest's max-weight."""
        return self.max_chances if self.eligibility == self.Eligibility.CHANCES else 1

    @property
    def ineligible_reason(self) -> str:
        """What keeps an entry out of the draw by these rules, as its receipt says it; "" if nothing."""
        reasons = {
            self.Eligibility.RIGHT: "not every answer was right",
            self.Eligibility.BEST: "the score was not among the best",
        }
        rest_reason = f"you won a prize of ours in the {self.rest_days} days before it opened"
        return " or ".join(filter(None, [reasons.get(self.eligibility), self.rest_days and rest_reason]))

    @property
    def entropy_bits(self) -> float:
        """How much chance is in the public numbers."""
        return sum(source.game_spec.entropy_bits for source in self.sources.all())

    def beacon_lines(self) -> list[tuple[str, str]]:
        """The (kind, name) of every line that the numbers will have, in the manifest's order."""
        return [line for source in self.sources.all() for line in source.beacon_lines]

    def beacon_line_formats(self) -> "list[HexLine]":
        """What is to be typed in for each of those lines, in the same order."""
        return [line for source in self.sources.all() for line in source.game_spec.lines]

    def rules_in_force(self) -> "Rules":
        """The rules under which it has opened, without their text; None before that. One query."""
        opened = self.rules.filter(contest__audit_log__kind="opened")
        return opened.defer("text", "summary").order_by("-version").first()

    @property
    def current_rules(self) -> "Rules":
        return self.rules.order_by("-version").first()

    # What it lacks

    def missing_fields(self) -> list[PublishBlocker]:
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
        """By which day the last winner can have answered, if none before did: a year is the most we plan."""
        rounds = timedelta(days=self.claim_days) * 3
        return ((self.numbers_at if self.pk and self.numbers_at else self.closes_at) + rounds).date()

    def missing_rows(self) -> list[PublishBlocker]:
        """All that its rules tell of must be there. They speak for the house: a contest needs no byline."""
        return publish_checks.publish_blockers(self)

    def structured_data(self) -> dict[str, str]:
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
        """The addresses of the contest's other pages, by name."""
        return {name: reverse(f"contest:{name}", args=[self.slug]) for name in PAGE_NAMES}

    @property
    def last_alternate_rank(self) -> int:
        """The rank of the last ticket that may be asked, if nobody before it falls out for another reason."""
        return len(self.prizes_in_order) + self.alternates


REQUIRED_FIELDS = {
    "sponsor": "Say who promises the prizes.",
    "sponsor_postal_address": "Give the sponsor's postal address: the rules print it, and cards go there.",
    "cards_received_by": "Say until when cards of the free postal entry count.",
    "entries_deleted_on": "Say when the entries will be deleted.",
    "winners_deleted_on": "Say when what we hold on winners will be deleted.",
}
