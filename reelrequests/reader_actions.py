"""
Asking, wanting it too, confirming, leaving: one vote a person, however it comes.

A person is a confirmed address; until there is one, a browser by its cookie. A vote and the mail that
asks for its button stand in one transaction, and each step can be repeated without a second vote.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from fans import signing
from fans.email_addresses import canonical_email
from fans.limits import record_hit
from fans.models import Fan, Mail
from films.models import Film, Person
from reelrequests import round_voting, staff_actions
from reelrequests.models import Guess, ReelRequest, TrustedAddress, Vote
from reelrequests.vote_counts import lock_request, recount

MAX_MAILS_PER_DAY = 5  # to one address
UNCONFIRMED_RETENTION = timedelta(days=30)  # an address that nobody confirmed, and the link that confirms it
CONFIRM_LINK = signing.register("reelrequests.confirm", UNCONFIRMED_RETENTION)
BROWSER_RETENTION = timedelta(days=400)  # the vote of a browser


def match_subject(reel_request):
    """The same request, not saved, with the film or the person that its title names."""
    if reel_request.kind in (ReelRequest.Kind.FILM, ReelRequest.Kind.CLIP):
        reel_request.film = Film.objects.confident_match(reel_request.title)
    if reel_request.kind == ReelRequest.Kind.PERSON:
        reel_request.person = Person.objects.confident_match(reel_request.title)
    return reel_request


def submit_request(reel_request, email, fan, browser):
    """
    Store a request with the vote of whoever asks; the request that stands. `reel_request` is not saved yet.

    The very same form sent twice is one request. What a trusted person asks for is shown at once.
    """
    try:
        with transaction.atomic():
            reel_request.save(force_insert=True)
            add_vote(reel_request, email, fan, browser, reel_request.asked_at)
    except IntegrityError:  # a double click: this form has come before
        return ReelRequest.objects.get(submission_hash=reel_request.submission_hash)
    if fan and TrustedAddress.objects.filter(email=fan.email).exists():
        staff_actions.show(reel_request, "", reel_request.asked_at)
    return reel_request


@transaction.atomic
def add_vote(reel_request, email, fan, browser, now):
    """
    Let this person want it too; the `Vote` that stands. A known fan's counts at once.

    A new address gets a mail with a button; until then the vote is the browser's.
    """
    lock_request(reel_request)
    if fan:
        return _add_confirmed_vote(reel_request, fan.email, browser, now)
    existing = Vote.objects.filter(request=reel_request, browser=browser).first()
    if existing and existing.confirmed_at and canonical_email(email) not in ("", existing.email):
        browser = ""  # somebody else at the same browser
    lookup = {"browser": browser} if browser else {"browser": "", "email": email, "confirmed_at": None}
    vote, is_new = Vote.objects.get_or_create(
        request=reel_request, **lookup, defaults={"email": email, "voted_at": now}
    )
    if email and vote.confirmed_at is None:
        Vote.objects.filter(pk=vote.pk).update(email=email)
        vote.email = email
        _mail_confirm_link(vote, now)
    if is_new:
        recount(reel_request)
    return vote


def _add_confirmed_vote(reel_request, email, browser, now):
    existing = Vote.objects.confirmed().filter(request=reel_request, email=email).first()
    if existing:
        return existing
    vote = Vote.objects.filter(request=reel_request, browser=browser, confirmed_at__isnull=True).first()
    vote = vote or Vote(request=reel_request, voted_at=now)
    browser_has_voted = (
        Vote.objects.filter(request=reel_request, browser=browser).exclude(pk=vote.pk).exists()
    )
    vote.email, vote.confirmed_at, vote.browser = email, now, "" if browser_has_voted else browser
    vote.save()
    recount(reel_request)
    return vote


def _mail_confirm_link(vote, now):
    if record_hit("vote mail", vote.email, timedelta(days=1)) > MAX_MAILS_PER_DAY:
        return
    context = {"title": vote.request.title, "token": confirm_token(vote)}
    context["unsubscribe_path"] = reverse("reelrequests:withdraw", args=[vote.withdraw_key])
    key = f"reel request confirm {vote.pk} {now:%Y-%m-%d %H:%M:%S.%f}"
    Mail.objects.enqueue("reelrequests/mail/confirm", vote.email, key=key, context=context)


def confirm_token(vote):
    """What the link in the mail carries: the vote, and the one address that may confirm it."""
    return CONFIRM_LINK.sign([vote.pk, vote.email])


def vote_from_token(token):
    """The vote that a mailed link was made for; None for a forged or an old one, or where it is gone."""
    try:
        pk, email = CONFIRM_LINK.read(token)
    except signing.BadSignature:
        return None
    votes = Vote.objects.select_related("request__piece", "request__merged_into")
    return votes.filter(pk=pk, email=email).exclude(email="").first()


@transaction.atomic
def confirm_vote(vote, browser, now):
    """
    The button is pressed: the address counts. In the browser that gave the vote, its other votes do too.

    The vote that stands; that is another one where this person wanted it already.
    """
    Fan.objects.confirm(vote.email, now)
    votes = [vote]
    if browser and browser == vote.browser:
        others = Vote.objects.filter(browser=browser, confirmed_at__isnull=True).exclude(pk=vote.pk)
        votes += others.filter(Q(email="") | Q(email=vote.email)).select_related("request")
        round_voting.confirm_votes(browser, vote.email)
    return [_confirm_one(each, vote.email, now) for each in votes][0]


def _confirm_one(vote, email, now):
    lock_request(vote.request)
    if vote.confirmed_at:
        return vote
    existing = Vote.objects.confirmed().filter(request=vote.request_id, email=email).first()
    if existing:
        vote.delete()
    else:
        vote.email, vote.confirmed_at = email, now
        vote.save(update_fields=["email", "confirmed_at"])
    recount(vote.request)
    return existing or vote


@transaction.atomic
def withdraw(votes):
    """Take these votes back, and what else their owners gave to what was merged with it."""
    primaries = {vote.request.merged_into or vote.request for vote in votes}
    for vote in votes:
        group_votes = Vote.objects.for_merged_group(vote.request.merged_into or vote.request)
        by_voter = Q(pk=vote.pk)
        if vote.confirmed_at:
            by_voter |= Q(email=vote.email, confirmed_at__isnull=False)
        group_votes.filter(by_voter).delete()
    for primary in primaries:
        recount(primary)


def submit_guess(guess):
    """Store what somebody thinks a half-remembered film is; the very same form sent twice is one guess."""
    guess.film = Film.objects.confident_match(guess.title)
    try:
        with transaction.atomic():
            guess.save(force_insert=True)
    except IntegrityError:
        return Guess.objects.get(submission_hash=guess.submission_hash)
    return guess


def purge_expired(now):
    """Forget addresses that nobody confirmed, and browsers that have not been here for a year."""
    unconfirmed = Vote.objects.filter(confirmed_at__isnull=True)
    with_email = unconfirmed.filter(voted_at__lt=now - UNCONFIRMED_RETENTION).exclude(email="")
    with_email.exclude(browser="").update(email="")
    expired = unconfirmed.filter(voted_at__lt=now - BROWSER_RETENTION)
    withdraw(list((with_email | expired).select_related("request__merged_into")[:500]))
