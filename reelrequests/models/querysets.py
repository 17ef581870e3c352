"""The queryset of requests: selections by visibility and status, orders, and loading methods."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reelrequests.models.statuses import SHOW_SECTION, Status

if TYPE_CHECKING:
    from reelrequests.models.requests import ReelRequest

ROW_FIELDS = [
    *("kind", "title", "title_key", "why", "signed", "moderation", "status", "reason", "planned_for"),
    *("merged_into", "vote_count", "unconfirmed_count", "asked_at", "status_changed_at"),
    *(f"piece__{name}" for name in ("section", "slug", "title", "published_at", "unlisted")),
]


class ReelRequestQuerySet(models.QuerySet["ReelRequest"]):
    def shown(self) -> Self:
        """Requests that readers may see: staff have shown them, and they are not merged into another."""
        return self.filter(moderation=self.model.Moderation.SHOWN, merged_into__isnull=True)

    def awaiting_moderation(self) -> Self:
        """Requests that staff have not reviewed yet; those that may be spam come last."""
        return self.filter(moderation=self.model.Moderation.WAITING).order_by(F("held_for").asc(), "asked_at")

    def answered(self) -> Self:
        """Requests whose piece is published and listed now."""
        return self.filter(piece__published_at__lte=timezone.now(), piece__unlisted=False)

    def unanswered(self) -> Self:
        """Requests without a piece, or whose piece is not published or is unlisted."""
        none = Q(piece__isnull=True) | Q(piece__published_at__isnull=True)
        return self.filter(none | Q(piece__published_at__gt=timezone.now()) | Q(piece__unlisted=True))

    def open(self) -> Self:
        """Requests that are not answered, and that staff have not declined."""
        return self.unanswered().exclude(status=Status.DECLINED)

    def with_public_status(self, status: str) -> Self:
        """Requests whose `ReelRequest.public_status` is `status`."""
        on_air = Q(piece__section=SHOW_SECTION)
        if status == Status.ON_AIR:
            return self.answered().filter(on_air)
        if status == Status.COVERED:
            return self.answered().exclude(on_air)
        return self.unanswered().filter(status=status)

    def most_wanted(self) -> Self:
        """The most confirmed votes first; unconfirmed votes count only between equals."""
        return self.order_by("-vote_count", "-unconfirmed_count", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def latest_with_status(self, status: str) -> Self:
        """Requests with this public status; the one that reached it last comes first."""
        found = self.with_public_status(status)
        if status in (Status.ON_AIR, Status.COVERED):
            return found.order_by("-piece__published_at", "-pk")
        return found.order_by("-status_changed_at", "-pk")

    def for_rows(self) -> Self:
        """Load only the columns that a row of a list shows; one query."""
        return self.select_related("piece").only(*ROW_FIELDS)

    def for_page(self) -> Self:
        """Load everything that the page of one request shows; one query."""
        whole = self.select_related("film", "person", "piece", "merged_into")
        return whole.defer("piece__body", "piece__plain_text", "piece__search_text", "piece__search_title")

    def merged_group(self, reel_request: "ReelRequest") -> Self:
        """The request and all that were merged into it."""
        return self.filter(Q(pk=reel_request.pk) | Q(merged_into=reel_request.pk))

    def to_notify(self, now: datetime) -> Self:
        """Requests whose piece is published and whose voters have not been mailed about it."""
        out = self.filter(piece__published_at__lte=now, piece__unlisted=False)
        return out.filter(notified_at__isnull=True, merged_into__isnull=True).select_related("piece")
