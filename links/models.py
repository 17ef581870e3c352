"""Categories and links of the directory, with the last finding of the checker."""

from datetime import datetime, timedelta
from typing import Self, cast

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from films.titles import folded
from links.visits import Finding

FAILURES_UNTIL_GONE, GONE_AFTER = 3, timedelta(days=7)  # failures, and days since the first
CHECK_INTERVAL = timedelta(days=3)
RECHECK_INTERVAL = timedelta(days=1)


class Category(models.Model):
    """A heading of the directory."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class LinkSearchTextField(models.TextField):
    """The folded words by which a search finds the link."""

    def pre_save(self, link: models.Model, add: bool) -> str:
        link = cast(Link, link)
        setattr(link, self.attname, f" {folded(f'{link.title} {link.note}')}")
        return link.search_text


class LinkQuerySet(models.QuerySet["Link"]):
    def listed(self) -> Self:
        """Links that readers see, by category, without those that are gone; one query."""
        not_gone = self.exclude(state=Link.State.GONE).select_related("category")
        return not_gone.order_by("category__order", "category__name", "title")

    def due(self, now: datetime) -> Self:
        """Links to check now, the longest overdue first."""
        return self.filter(Q(next_check__isnull=True) | Q(next_check__lte=now)).order_by(
            F("next_check").asc(nulls_first=True), "pk"
        )


class Link(models.Model):
    """A page on another site, why it is worth a visit, and whether it still works."""

    class State(models.TextChoices):
        WORKS = "works", "works"
        UNSURE = "unsure", "unsure"
        GONE = "gone", "gone"

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="links")
    title = models.CharField(max_length=200)
    url = models.URLField("address", max_length=500, unique=True)
    note = models.CharField(max_length=400, help_text="Why it is worth a visit.")
    added_at = models.DateTimeField(auto_now_add=True)
    archived_url = models.URLField("archived copy", max_length=500, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.UNSURE, editable=False)
    finding = models.CharField("what the checker found", max_length=300, blank=True, editable=False)
    page_title = models.CharField("title found there", max_length=300, blank=True, editable=False)
    checked_at = models.DateTimeField("last checked", null=True, blank=True, editable=False)
    worked_at = models.DateTimeField("last worked", null=True, blank=True, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField("hard failures in a row", default=0, editable=False)
    next_check = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    search_text = LinkSearchTextField(blank=True, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["category", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="gone")
                | Q(failures__gte=FAILURES_UNTIL_GONE, failing_since__isnull=False),
                name="link_gone_only_after_failures",
                violation_error_message="A link is gone only after repeated hard failures.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url

    def record_finding(self, finding: Finding, now: datetime) -> None:
        """
        Set the fields to what one visit found; the caller saves.

        One good answer sets the state to "works". Three hard failures over at least a week set it to "gone";
        after any other failure it is "unsure".
        """
        self.checked_at, self.finding = now, finding.sentence[:300]
        interval = CHECK_INTERVAL if finding.works else RECHECK_INTERVAL
        self.next_check = now + (finding.retry_after or interval)
        if finding.works:
            self.state, self.worked_at = self.State.WORKS, now
            self.failures, self.failing_since = 0, None
            self.page_title = finding.title[:300] or self.page_title
        else:
            self.state = self.State.UNSURE
            if finding.hard:
                self._count_failure(now)

    def _count_failure(self, now: datetime) -> None:
        self.failures += 1
        self.failing_since = self.failing_since or now
        if self.failures >= FAILURES_UNTIL_GONE and now - self.failing_since >= GONE_AFTER:
            self.state = self.State.GONE

    def accept_new_title(self) -> None:
        """Forget the known title, since staff have confirmed the page. The caller saves."""
        self.page_title, self.next_check = "", timezone.now()
