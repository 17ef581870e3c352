"""The queryset of contests."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from contest.models.field_lists import FIELDS_FOR_ENTERING
from contest.models.prizes import Prize
from magazine.models import ArticleQuerySet

if TYPE_CHECKING:
    from contest.models.contests import Contest  # noqa: F401 - the parameter of the queryset, as a name


class ContestQuerySet(ArticleQuerySet["Contest"]):
    """Methods that select contests by their state, and methods that load related rows with them."""

    def open_at(self, now: datetime) -> Self:
        """Published contests that take entries at `now`; the one that closes first comes first."""
        return self.published().filter(opens_at__lte=now, closes_at__gt=now).order_by("closes_at", "pk")

    def for_entering(self) -> Self:
        """Load only the columns that decide about an entry and that its mails print; one query."""
        return self.only(*FIELDS_FOR_ENTERING)

    def with_prizes(self) -> Self:
        """Load the prizes and their films, too; one more query."""
        prizes = Prize.objects.select_related("release__film")
        return self.prefetch_related(models.Prefetch("prizes", prizes))

    def with_regions(self) -> Self:
        """Load the regions, too; one more query."""
        return self.prefetch_related("regions")

    def with_sources(self) -> Self:
        """Load the sources of the beacon, too; one more query."""
        return self.prefetch_related("sources")

    def with_terms(self) -> Self:
        """Load everything that the official rules are generated from; three more queries."""
        return self.select_related("question_set").with_prizes().with_regions().with_sources()

    def with_draw(self) -> Self:
        """Load the freeze and the outcome, for `state_at`, without the text of the frozen list."""
        return self.select_related("freeze__outcome").defer("freeze__entries_text")

    def coming(self, now: datetime) -> Self:
        """Contests that open after `now`, the next one first."""
        return self.filter(opens_at__gt=now).order_by("opens_at", "pk")

    def closed_at(self, now: datetime) -> Self:
        """Contests that are closed at `now`, the last one first."""
        return self.filter(closes_at__lte=now).order_by("-closes_at", "-pk")

    def due_to_open(self, now: datetime) -> Self:
        """Contests that have opened and have no "opened" event in the audit log yet."""
        return self.reachable().filter(opens_at__lte=now).exclude(audit_log__kind="opened")

    def with_personal_entries(self) -> Self:
        """Contests with at least one entry that is not erased."""
        return self.filter(entries__erased_at__isnull=True).distinct()

    def drawn(self) -> Self:
        """Contests that have an outcome."""
        return self.filter(freeze__outcome__isnull=False)
