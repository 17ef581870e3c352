"""Which requests there are: by what readers may see, by status, and by order."""

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
        """Those that readers may see: staff have shown them, and they are not merged into another."""
        return self.filter(moderation=self.model.Moderation.SHOWN, merged_into__isnull=True)

    def awaiting_moderation(self) -> Self:
        """Those that staff have not decided on yet; those that may be spam come last."""
        return self.filter(moderation=self.model.Moderation.WAITING).order_by(F("held_for").asc(), "asked_at")

    def answered(self) -> Self:
        """Those whose piece is published and listed now."""
        return self.filter(piece__published_at__lte=timezone.now(), piece__unlisted=False)

    def unanswered(self) -> Self:
        """The others: they have no piece, or it is not published, or it is unlisted."""
        none = Q(piece__isnull=True) | Q(piece__published_at__isnull=True)
        return self.filter(none | Q(piece__published_at__gt=timezone.now()) | Q(piece__unlisted=True))

    def open(self) -> Self:
        """Those that still wait: their piece is not published, and staff have not declined them."""
        return self.unanswered().exclude(status=Status.DECLINED)

    def with_public_status(self, status: str) -> Self:
        """Those that readers see as `status`; see `ReelRequest.public_status`."""
        on_air = Q(piece__section=SHOW_SECTION)
        if status == Status.ON_AIR:
            return self.answered().filter(on_air)
        if status == Status.COVERED:
            return self.answered().exclude(on_air)
        return self.unanswered().filter(status=status)

    def most_wanted(self) -> Self:
        """Those with the most people first. Unconfirmed votes decide only between equals."""
        return self.order_by("-vote_count", "-unconfirmed_count", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def latest_with_status(self, status: str) -> Self:
        """Those that readers see as `status`, the one that reached it last first."""
        found = self.with_public_status(status)
        if status in (Status.ON_AIR, Status.COVERED):
            return found.order_by("-piece__published_at", "-pk")
        return found.order_by("-status_changed_at", "-pk")

    def for_rows(self) -> Self:
        """With the columns that a row of a list shows, and no others; one query."""
        return self.select_related("piece").only(*ROW_FIELDS)

    def for_page(self) -> Self:
        """With everything that the page of one request shows; one query."""
        whole = self.select_related("film", "person", "piece", "merged_into")
        return whole.defer("piece__body", "piece__plain_text", "piece__search_text", "piece__search_title")

    def merged_group(self, reel_request: "ReelRequest") -> Self:
        """The request and all that were merged into it."""
        return self.filter(Q(pk=reel_request.pk) | Q(merged_into=reel_request.pk))

    def to_notify(self, now: datetime) -> Self:
        """Those whose piece is published and whose voters have not been mailed about it."""
        out = self.filter(piece__published_at__lte=now, piece__unlisted=False)
        return out.filter(notified_at__isnull=True, merged_into__isnull=True).select_related("piece")
