"""How many people want something: people, not votes, however many of their requests were merged."""

from django.db.models import Count

from magazine.models import Article
from reelrequests.models import ReelRequest, Vote


def lock_request(reel_request):
    """Wait for whoever else is writing votes of this request, till the end of the transaction."""
    ReelRequest.objects.select_for_update().get(pk=reel_request.merged_into_id or reel_request.pk)


def recount(reel_request):
    """Count the people behind a request anew, or behind the one that it is part of."""
    primary = reel_request.merged_into or reel_request
    votes = Vote.objects.for_merged_group(primary)
    confirmed = votes.confirmed()
    known_browsers = confirmed.exclude(browser="").values("browser")
    by_browser = votes.filter(confirmed_at__isnull=True).exclude(browser="")
    unconfirmed = by_browser.exclude(browser__in=known_browsers)
    primary.vote_count = confirmed.aggregate(people=Count("email", distinct=True))["people"]
    primary.unconfirmed_count = unconfirmed.aggregate(browsers=Count("browser", distinct=True))["browsers"]
    primary.save(update_fields=["vote_count", "unconfirmed_count"])


def update_request_count(piece_pk):
    """Print on the piece (its pk) how many people have asked for it: "You asked for it"."""
    primaries = ReelRequest.objects.filter(piece=piece_pk)
    reel_requests = ReelRequest.objects.filter(pk__in=primaries.values("pk")) | ReelRequest.objects.filter(
        merged_into__in=primaries.values("pk")
    )
    votes = Vote.objects.confirmed().filter(request__in=reel_requests.values("pk"))
    people = votes.aggregate(people=Count("email", distinct=True))["people"]
    Article.objects.filter(pk=piece_pk).update(request_count=people or None)
