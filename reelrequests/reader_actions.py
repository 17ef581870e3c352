"""
What readers do with requests: send one, vote for it, confirm or withdraw a vote, guess a film.

A person has one vote for each request. Votes belong to a confirmed e-mail address or, until there is one, to
a browser, recognised by its cookie. A vote and the mail that asks to confirm it are saved in one transaction.
Every function can be called again without adding a second vote.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from fans import mailed_links, signing, unconfirmed_mail
from fans.email_addresses import canonical_email
from fans.mailed_links import MailedLink
from fans.models import Fan
from films.models import Film, Person
from reelrequests import round_voting, staff_actions
from reelrequests.models import Guess, ReelRequest, TrustedAddress, Vote
from reelrequests.vote_counts import lock_request, recount

# How long an unconfirmed e-mail address is kept.
UNCONFIRMED_RETENTION = timedelta(days=30)
CONFIRM_LINK = signing.register("reelrequests.confirm", mailed_links.MAX_AGE)
BROWSER_RETENTION = timedelta(days=400)  # how long the vote of a browser is kept
PURGE_BATCH = 500  # votes deleted in one run


def match_subject(reel_request: ReelRequest) -> ReelRequest:
    """
    Set the film or the person of an unsaved request if the database has one that its title names.

    Returns the same object. Saves nothing.
    """
    if reel_request.kind in (ReelRequest.Kind.FILM, ReelRequest.Kind.CLIP):
        reel_request.film = Film.objects.confident_match(reel_request.title)
    if reel_request.kind == ReelRequest.Kind.PERSON:
        reel_request.person = Person.objects.confident_match(reel_request.title)
    return reel_request


def submit_request(reel_request: ReelRequest, email: str, fan: Fan | None, browser: str) -> ReelRequest:
    """
    Save a new request together with the vote of the reader who sends it.

    `reel_request` is not saved yet. Returns it, or the earlier request if the same form was sent before.
    A request by a fan whose address staff trust is shown at once; every other waits for moderation.
    """
    try:
        with transaction.atomic():
            reel_request.save(force_insert=True)
            add_vote(reel_request, email, fan, browser, reel_request.asked_at)
    except IntegrityError:  # a double click: `submission_hash` is unique
        return ReelRequest.objects.get(submission_hash=reel_request.submission_hash)
    if fan and TrustedAddress.objects.filter(email=fan.email).exists():
        staff_actions.show(reel_request, "", reel_request.asked_at)
    return reel_request


@transaction.atomic
def add_vote(reel_request: ReelRequest, email: str, fan: Fan | None, browser: str, now: datetime) -> Vote:
    """
    Add one person's vote for a request. Returns the new vote, or the one that this person has already.

    The vote of a known fan is confirmed at once. Otherwise the vote belongs to the browser, and `email`,
    if it is given, gets a mail with a link to confirm it.
    """
    lock_request(reel_request)
    if fan:
        return _add_confirmed_vote(reel_request, fan.email, browser, now)
    vote, is_new = _get_or_create_unconfirmed(reel_request, email, browser, now)
    if email and vote.confirmed_at is None:
        Vote.objects.filter(pk=vote.pk).update(email=email)
        vote.email = email
        _mail_confirm_link(vote, now)
    if is_new:
        recount(reel_request)
    return vote


def _get_or_create_unconfirmed(
    reel_request: ReelRequest, email: str, browser: str, now: datetime
) -> tuple[Vote, bool]:
    """
    Return (vote of this browser, whether it is new). Creates the vote if there is none.

    If the browser's vote is confirmed by another address than `email`, a second person uses the browser, and
    that person's vote is stored by the address alone.
    """
    existing = Vote.objects.filter(request=reel_request, browser=browser).first()
    if existing and existing.confirmed_at and canonical_email(email) not in ("", existing.email):
        browser = ""
    lookup = {"browser": browser} if browser else {"browser": "", "email": email, "confirmed_at": None}
    return Vote.objects.get_or_create(
        request=reel_request, **lookup, defaults={"email": email, "voted_at": now}
    )


def _add_confirmed_vote(reel_request: ReelRequest, email: str, browser: str, now: datetime) -> Vote:
    """
    Return the confirmed vote of this address for the request; make one if there is none.

    The unconfirmed vote of the browser then becomes the vote of the address, or a new vote is created. It
    keeps the browser's ID only if that browser has no other vote for the request.
    """
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


def _mail_confirm_link(vote: Vote, now: datetime) -> None:
    """Queue the mail that asks to confirm a vote."""
    context = {"title": _reviewed_title(vote.request)} | confirm_link(vote).context()
    context["unsubscribe_path"] = reverse("reelrequests:withdraw", args=[vote.withdraw_key])
    key = f"reel request confirm {vote.pk} {now:%Y-%m-%d %H:%M:%S.%f}"
    unconfirmed_mail.enqueue("reelrequests/mail/confirm", vote.email, now, key=key, context=context)


def _reviewed_title(reel_request: ReelRequest) -> str:
    """The title, if staff have shown the request; else "": its words may be those of a stranger."""
    return reel_request.title if reel_request.moderation == ReelRequest.Moderation.SHOWN else ""


def confirm_link(vote: Vote) -> MailedLink:
    """The link that confirms a vote: its primary key and the address that may confirm it."""
    return MailedLink(CONFIRM_LINK, [vote.pk, vote.email])


def vote_from_token(token: str) -> Vote | None:
    """
    The vote for which `confirm_link` was made.

    None if the link is forged or too old, the vote is deleted, or the vote has another address by now.
    """
    try:
        pk, email = CONFIRM_LINK.read(token)
    except signing.BadSignature:
        return None
    votes = Vote.objects.select_related("request__piece", "request__merged_into")
    return votes.filter(pk=pk, email=email).exclude(email="").first()


@transaction.atomic
def confirm_vote(vote: Vote, browser: str, now: datetime) -> Vote:
    """
    Confirm the address of a vote. Called when the button behind the mailed link is pressed.

    If that happens in the browser that voted, the browser's other unconfirmed votes, unless they have another
    address, and its votes in monthly rounds are confirmed too. Returns the confirmed vote, or an earlier one
    if the address had voted for this request already.
    """
    Fan.objects.confirm(vote.email, now)
    votes = [vote]
    if browser and browser == vote.browser:
        others = Vote.objects.filter(browser=browser, confirmed_at__isnull=True).exclude(pk=vote.pk)
        votes += others.filter(Q(email="") | Q(email=vote.email)).select_related("request")
        round_voting.confirm_votes(browser, vote.email)
    return [_confirm_one(each, vote.email, now) for each in votes][0]


def _confirm_one(vote: Vote, email: str, now: datetime) -> Vote:
    """Confirm one vote. If the address has a confirmed vote already, delete this one and return that."""
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
def withdraw(votes: list[Vote]) -> None:
    """
    Delete these votes.

    With a confirmed vote, all confirmed votes of its address for the same merged group are deleted: readers
    see the group as one request.
    """
    primaries = {vote.request.merged_into or vote.request for vote in votes}
    for vote in votes:
        group_votes = Vote.objects.for_merged_group(vote.request.merged_into or vote.request)
        by_voter = Q(pk=vote.pk)
        if vote.confirmed_at:
            by_voter |= Q(email=vote.email, confirmed_at__isnull=False)
        group_votes.filter(by_voter).delete()
    for primary in primaries:
        recount(primary)


def submit_guess(guess: Guess) -> Guess:
    """
    Save a reader's guess, linked to the film that it names if the database has it.

    `guess` is not saved yet. Returns it, or the earlier guess if the same form was sent before.
    """
    guess.film = Film.objects.confident_match(guess.title)
    try:
        with transaction.atomic():
            guess.save(force_insert=True)
    except IntegrityError:  # a double click: `submission_hash` is unique
        return Guess.objects.get(submission_hash=guess.submission_hash)
    return guess


def purge_expired(now: datetime) -> None:
    """
    Delete unconfirmed addresses after `UNCONFIRMED_RETENTION`, unconfirmed votes after `BROWSER_RETENTION`.

    An unconfirmed vote that has no browser is deleted with its address. One run deletes at most `PURGE_BATCH`
    votes; the next run continues.
    """
    unconfirmed = Vote.objects.filter(confirmed_at__isnull=True)
    with_email = unconfirmed.filter(voted_at__lt=now - UNCONFIRMED_RETENTION).exclude(email="")
    with_email.exclude(browser="").update(email="")
    expired = unconfirmed.filter(voted_at__lt=now - BROWSER_RETENTION)
    withdraw(list((with_email | expired).select_related("request__merged_into")[:PURGE_BATCH]))
