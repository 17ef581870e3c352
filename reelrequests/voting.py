"""Voting in a round: one vote a person, changed as often as they like until it closes."""

from django.db import transaction
from django.db.models import Q

from reelrequests.models import Round, Vote


@transaction.atomic
def vote(candidate, email, browser, now):
    """
    Let this person vote for `candidate`; the `Vote` that stands. `email` is a confirmed address, or "".

    A vote before this one is changed into it: the address's own, and the browser's while it is nobody's.
    """
    Round.objects.select_for_update().get(pk=candidate.round_id)
    votes = Vote.objects.filter(round=candidate.round_id)
    own = Q(email=email) | Q(email="", browser=browser) if email else Q(browser=browser) & ~Q(browser="")
    mine = list(votes.filter(own).order_by("-email").select_related("candidate"))
    taken = votes.filter(browser=browser).exclude(pk__in=[each.pk for each in mine]).exists()
    vote = mine[0] if mine else Vote(round_id=candidate.round_id, browser="" if taken else browser)
    votes.filter(pk__in=[each.pk for each in mine[1:]]).delete()
    before = {each.candidate for each in mine}
    vote.candidate, vote.email, vote.given_at = candidate, email or vote.email, now
    vote.save()
    for each in {candidate, *before}:
        _count(each)
    return vote


@transaction.atomic
def confirm(browser, email):
    """The address behind a browser is known now: its votes are a person's."""
    for vote in Vote.objects.filter(browser=browser, email="").select_related("candidate"):
        if Vote.objects.filter(round=vote.round_id, email=email).exists():
            vote.delete()
        else:
            Vote.objects.filter(pk=vote.pk).update(email=email)
        _count(vote.candidate)


@transaction.atomic
def forget(email):
    """Take this address's votes back."""
    votes = Vote.objects.filter(email=email).select_related("candidate")
    candidates = [vote.candidate for vote in votes]
    votes.delete()
    for candidate in candidates:
        _count(candidate)


def _count(candidate):
    votes = candidate.vote_rows
    candidate.votes = votes.exclude(email="").count()
    candidate.unconfirmed = votes.filter(email="").count()
    candidate.save(update_fields=["votes", "unconfirmed"])
