"""The columns for the publication of a piece, and the methods of `PieceQuerySet` for a single object."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# A constraint of `Article`'s own table: stated in an abstract Meta, sections without a Meta would inherit it.
EMBARGO_CONSTRAINT = models.CheckConstraint(
    condition=Q(published_at__isnull=True)
    | Q(embargo_until__isnull=True)
    | Q(published_at__gte=F("embargo_until")),
    name="article_embargo_is_a_floor",
    violation_error_message="This would be published before its embargo ends.",
)


class PublicationMixin(models.Model):
    """A piece with a date of publication; `magazine.publishing` says how the date is read."""

    withdrawal_fields = ["published_at", "embargo_until", "unlisted"]

    published_at = models.DateTimeField(
        "published",
        null=True,
        blank=True,
        db_index=True,
        help_text="Empty means draft. A time in the future means scheduled.",
    )
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="The piece cannot be published before this time."
    )
    unlisted = models.BooleanField(
        default=False,
        help_text="Published only for readers who have the URL: in no list, feed, search or cover.",
    )

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """The same as `PieceQuerySet.reachable` for this one piece."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_listed(self) -> bool:
        """The same as `PieceQuerySet.published` for this one piece."""
        return self.is_published and not self.unlisted

    @property
    def is_scheduled(self) -> bool:
        return self.published_at is not None and not self.is_published
