"""The background jobs of requests."""

from django.utils import timezone

from reelrequests.notifications import notify_due
from reelrequests.reader_actions import purge_expired


def notify_requesters() -> bool:
    """Queue mail to those who asked for a piece that is now published. Returns whether there is more."""
    return notify_due(timezone.now())


def purge_votes() -> None:
    """Delete addresses that nobody confirmed, and browsers that have not come back."""
    purge_expired(timezone.now())
