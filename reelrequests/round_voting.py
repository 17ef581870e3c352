"""Votes in a round. A person has one vote, and can change it until the round closes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from reelrequests.models import Candidate, Round, RoundVote


@transaction.atomic
def cast_vote(candidate: Candidate, email: str, browser: str, now: datetime) -> RoundVote:
    """
    Store this person's vote for `candidate` in its round. `email` is a confirmed address, or "".

    An earlier vote of the address, or of the browser without an address, is changed instead of adding one.
    Returns the vote.
    """
    Round.objects.select_for_update().get(pk=candidate.round_id)
    votes = RoundVote.objects.filter(round=candidate.round_id)
    by_voter = Q(email=email) | Q(email="", browser=browser) if email else Q(browser=browser) & ~Q(browser="")
    earlier = list(votes.filter(by_voter).order_by("-email").select_related("candidate"))
    browser_has_voted = votes.filter(browser=browser).exclude(pk__in=[vote.pk for vote in earlier]).exists()
    free_browser = "" if browser_has_voted else browser
    vote = earlier[0] if earlier else RoundVote(round_id=candidate.round_id, browser=free_browser)
    votes.filter(pk__in=[duplicate.pk for duplicate in earlier[1:]]).delete()
    changed = {candidate, *(vote.candidate for vote in earlier)}
    vote.candidate, vote.email, vote.voted_at = candidate, email or vote.email, now
    vote.save()
    for each in changed:
        _recount(each)
    return vote


@transaction.atomic
def confirm_votes(browser: str, email: str) -> None:
    """
    Give the votes of a browser to the address that was confirmed in it.

    Where the address has voted in a round already, that vote stays and the browser's is deleted.
    """
    for vote in RoundVote.objects.filter(browser=browser, email="").select_related("candidate"):
        if RoundVote.objects.filter(round=vote.round_id, email=email).exists():
            vote.delete()
        else:
            RoundVote.objects.filter(pk=vote.pk).update(email=email)
        _recount(vote.candidate)


@transaction.atomic
def withdraw_votes(email: str) -> None:
    """Delete the votes of this address in all rounds."""
    votes = RoundVote.objects.filter(email=email).select_related("candidate")
    candidates = [vote.candidate for vote in votes]
    votes.delete()
    for candidate in candidates:
        _recount(candidate)


def _recount(candidate: Candidate) -> None:
    votes = candidate.votes
    candidate.vote_count = votes.exclude(email="").count()
    candidate.unconfirmed_count = votes.filter(email="").count()
    candidate.save(update_fields=["vote_count", "unconfirmed_count"])
