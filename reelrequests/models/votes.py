"""
Votes for requests.

A person has one vote for a request: by a confirmed e-mail address, or by a browser until there is one.
"""

from typing import Self

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from fans.email_addresses import CanonicalEmailField
from magazine.models import Article
from reelrequests.models.notifications import Notification
from reelrequests.models.requests import ReelRequest


def new_withdraw_key() -> str:
    """A random key for the link that withdraws a vote."""
    return get_random_string(22)


class VoteQuerySet(models.QuerySet["Vote"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def for_merged_group(self, request: ReelRequest) -> Self:
        """The votes for a request and for all that were merged into it."""
        return self.filter(request__in=ReelRequest.objects.merged_group(request).values("pk"))

    def by_person(self, email: str, browser: str) -> Self:
        """The confirmed votes of an e-mail address and all votes of a browser; either may be empty."""
        by_person = Q(email=email, confirmed_at__isnull=False) if email else Q()
        if browser:
            by_person |= Q(browser=browser)
        return self.filter(by_person) if by_person else self.none()

    def not_notified_of(self, piece: Article) -> Self:
        """Confirmed votes whose owner was not yet mailed about this piece, for any request."""
        notified = Notification.objects.filter(piece=piece).values("vote__email")
        return self.confirmed().exclude(email__in=notified)

    def record_notified(self, piece: Article) -> None:
        """Store a `Notification` of this piece for each of these votes, in one statement."""
        selected, params = self.order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(INSERT_NOTIFICATIONS.format(selected=selected), [piece.pk, *params])


INSERT_NOTIFICATIONS = """
INSERT INTO reelrequests_notification (vote_id, piece_id)
SELECT vote.pk, %s FROM ({selected}) AS vote WHERE TRUE ON CONFLICT DO NOTHING
"""


class Vote(models.Model):
    """One person's vote for one request. The person can withdraw it at any time."""

    affects_pages = False

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="votes")
    email = CanonicalEmailField(blank=True)
    browser = models.CharField(max_length=32, blank=True, editable=False)
    withdraw_key = models.CharField(max_length=22, unique=True, default=new_withdraw_key, editable=False)
    voted_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "email"], condition=Q(confirmed_at__isnull=False),
                name="vote_one_per_email",
            ),
            models.UniqueConstraint(
                fields=["request", "browser"], condition=~Q(browser=""), name="vote_one_per_browser"
            ),
            models.CheckConstraint(condition=~Q(email="", browser=""), name="vote_has_email_or_browser"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(email=""), name="vote_confirmed_has_email"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["email"], condition=~Q(email=""), name="vote_by_email"),
            models.Index(fields=["browser"], condition=~Q(browser=""), name="vote_by_browser"),
        ]

    def __str__(self) -> str:
        return f"{self.email or 'A browser'}: {self.request}"
