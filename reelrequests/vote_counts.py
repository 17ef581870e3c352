"""
Counts the people who want a request, and stores the counts.

A person is counted once, even if several of the requests that the person voted for were merged.
"""

from django.db.models import Count

from magazine.models import Article
from reelrequests.models import ReelRequest, Vote
from reelrequests.models.votes import VoteQuerySet


def lock_request(reel_request: ReelRequest) -> None:
    """
    Lock the row of the request until the transaction ends; of a merged request, the row of its primary.

    A second transaction that changes votes of the same merged group waits here.
    """
    ReelRequest.objects.select_for_update().get(pk=reel_request.merged_into_id or reel_request.pk)


def recount(reel_request: ReelRequest) -> None:
    """
    Count the votes of the merged group and store `vote_count` and `unconfirmed_count` on its primary request.

    A browser that also has a confirmed vote in the group belongs to a person who is counted already.
    """
    primary = reel_request.merged_into or reel_request
    votes = Vote.objects.for_merged_group(primary)
    confirmed = votes.confirmed()
    known_browsers = confirmed.exclude(browser="").values("browser")
    by_browser = votes.filter(confirmed_at__isnull=True).exclude(browser="")
    unconfirmed = by_browser.exclude(browser__in=known_browsers)
    primary.vote_count = _count_people(confirmed)
    primary.unconfirmed_count = unconfirmed.aggregate(browsers=Count("browser", distinct=True))["browsers"]
    primary.save(update_fields=["vote_count", "unconfirmed_count"])


def update_request_count(piece_pk: int) -> None:
    """
    Store on a piece how many people asked for it; the page of the piece shows this number.

    It counts the confirmed votes for the requests linked to the piece and for those merged into them.
    """
    primaries = ReelRequest.objects.filter(piece=piece_pk)
    merged = ReelRequest.objects.filter(merged_into__in=primaries.values("pk"))
    reel_requests = primaries | merged
    votes = Vote.objects.confirmed().filter(request__in=reel_requests.values("pk"))
    Article.objects.filter(pk=piece_pk).update(request_count=_count_people(votes) or None)


def _count_people(confirmed: VoteQuerySet) -> int:
    """How many different e-mail addresses these confirmed votes have."""
    return confirmed.aggregate(people=Count("email", distinct=True))["people"]
