"""Whether a piece is a draft, scheduled or live: as a sentence, and as a filter of admin lists."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from magazine.models import Article
from magazine.templatetags.magazine import site_datetime


def publication_state(piece: Article) -> str:
    """Whether a piece is a draft, scheduled or live, and its embargo; every time names its zone."""
    embargo = piece.embargo_until
    embargo_note = (
        f" Embargoed until {site_datetime(embargo)}." if embargo and embargo > timezone.now() else ""
    )
    if piece.published_at is None:
        return f"Draft.{embargo_note}"
    verb = "Live since" if piece.is_published else "Goes live"
    return f"{verb} {site_datetime(piece.published_at)}.{embargo_note}"


class StateFilter(admin.SimpleListFilter):
    """Drafts, scheduled pieces or live pieces, by the current time."""

    title = "state"
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Article]"
    ) -> list[tuple[str, str]]:
        return [("draft", "Drafts"), ("scheduled", "Scheduled"), ("live", "Live")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        conditions = {
            "draft": Q(published_at__isnull=True),
            "scheduled": Q(published_at__gt=now),
            "live": Q(published_at__lte=now),
        }
        state = self.value()
        return queryset.filter(conditions[state]) if state in conditions else queryset
