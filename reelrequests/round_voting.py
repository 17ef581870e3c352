"""Voting in a round: one vote a person, changed as often as they like until it closes."""

from django.db import transaction
from django.db.models import Q

from reelrequests.models import Round, RoundVote


@transaction.atomic
def cast_vote(candidate, email, browser, now):
    """
    Let this person vote for `candidate`; the `RoundVote` that stands. `email` is a confirmed address, or "".

    A vote before this one is changed into it: the address's own, and the browser's while it is nobody's.
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
def confirm_votes(browser, email):
    """The address behind a browser is known now: its votes are a person's."""
    for vote in RoundVote.objects.filter(browser=browser, email="").select_related("candidate"):
        if RoundVote.objects.filter(round=vote.round_id, email=email).exists():
            vote.delete()
        else:
            RoundVote.objects.filter(pk=vote.pk).update(email=email)
        _recount(vote.candidate)


@transaction.atomic
def withdraw_votes(email):
    """Take this address's votes back."""
    votes = RoundVote.objects.filter(email=email).select_related("candidate")
    candidates = [vote.candidate for vote in votes]
    votes.delete()
    for candidate in candidates:
        _recount(candidate)


def _recount(candidate):
    votes = candidate.votes
    candidate.vote_count = votes.exclude(email="").count()
    candidate.unconfirmed_count = votes.filter(email="").count()
    candidate.save(update_fields=["vote_count", "unconfirmed_count"])
