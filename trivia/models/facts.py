"""Facts about films and persons, each with its source and the day of its check."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

from films.models import Film, Person
from films.titles import folded
from magazine.models import Contributor

CHECK_LIFETIME = timedelta(days=730)  # a check expires after two years


class FactSearchTextField(models.TextField):
    """The words of a fact for the search, folded; set whenever the fact is saved."""

    def pre_save(self, fact: Any, add: bool) -> str:
        setattr(fact, self.attname, f" {folded(fact.text)}")
        return fact.search_text


class FactQuerySet(models.QuerySet["Fact"]):
    def published(self) -> Self:
        """Facts that readers may see: those that have been checked."""
        return self.filter(checked_on__lte=timezone.localdate())

    def without_spoilers(self) -> Self:
        """Facts that reveal nothing of a plot."""
        return self.filter(spoils=False)

    def newest_first(self) -> Self:
        return self.order_by("-checked_on", "-pk")

    def to_check(self) -> Self:
        """Facts never checked, then those whose check is older than two years, the oldest first."""
        due = timezone.localdate() - CHECK_LIFETIME
        waiting = self.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=due))
        return waiting.order_by(models.F("checked_on").asc(nulls_first=True), "pk")

    def with_subjects(self) -> Self:
        """With film, person and checker by joins; still one query."""
        return self.select_related("film", "person", "checked_by")


class Fact(models.Model):
    """One fact. It is published from the day of its check."""

    withdrawal_fields = ["spoils"]

    film = models.ForeignKey(Film, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    text = models.TextField(max_length=500, help_text="One or two sentences of our own. No quotation.")
    spoils = models.BooleanField(
        "gives something away",
        default=False,
        help_text="Folds the fact on every page and keeps it out of feeds.",
    )
    source = models.CharField(
        max_length=300, help_text="Where it can be looked up: a book and its page, the film's own titles."
    )
    source_url = models.URLField("address of the source", blank=True)
    checked_by = models.ForeignKey(
        Contributor, null=True, blank=True, on_delete=models.PROTECT, related_name="facts_checked"
    )
    checked_on = models.DateField(
        null=True, blank=True, db_index=True, help_text="Empty: not shown. A check is good for two years."
    )

    search_text = FactSearchTextField(blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(film__isnull=False) | Q(person__isnull=False),
                name="fact_about_somebody_or_something",
                violation_error_message="Choose the film or the person that the fact is about.",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_on__isnull=True)
                | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="fact_checked_by_somebody_some_day",
                violation_error_message="A check has a name and a day: give both, or neither.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="fact_has_a_source",
                violation_error_message="Say where the fact can be looked up.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """The fact on the page of its film; of its person, if it has no film."""
        subject = cast("Film | Person", self.film or self.person)  # a constraint says that there is one
        return f"{subject.get_absolute_url()}#fact-{self.pk}"

    @property
    def published_at(self) -> datetime:
        """Midnight of the day of its check in the site's time zone, for feeds."""
        return timezone.make_aware(datetime.combine(cast(date, self.checked_on), time()))
