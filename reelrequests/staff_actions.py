"""What staff do with requests and guesses. Each action is one transaction; most record a step."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from films.titles import folded
from magazine.models import Word
from reelrequests import notifications
from reelrequests.models import Guess, ReelRequest, Step, TrustedAddress
from reelrequests.models.statuses import Status
from reelrequests.vote_counts import recount, update_request_count

NOTIFIED_STATUSES = {Status.PLANNED, Status.DECLINED}  # about these the voters are mailed


class DecisionRefused(Exception):
    """A decision that is not possible; the message says why, for staff."""


@transaction.atomic
def show(reel_request: ReelRequest, by: str, now: datetime) -> None:
    """Show the request to readers and begin its public history. Does nothing if it is shown already."""
    if reel_request.moderation == ReelRequest.Moderation.SHOWN:
        return
    reel_request.moderation, reel_request.status_changed_at = ReelRequest.Moderation.SHOWN, now
    reel_request.save(update_fields=["moderation", "status_changed_at"])
    reel_request.index_words()
    Word.objects.add_from(folded(reel_request.title))
    Step.objects.create(request=reel_request, kind=Step.Kind.SHOWN, at=now, by=by)


@transaction.atomic
def mark_spam(reel_request: ReelRequest, by: str, now: datetime) -> None:
    """Hide the request from readers. Staff still see it."""
    reel_request.moderation = ReelRequest.Moderation.SPAM
    reel_request.save(update_fields=["moderation"])
    reel_request.index_words()


@transaction.atomic
def save_changes(reel_request: ReelRequest, by: str, now: datetime) -> None:
    """
    Save what staff have changed in a request.

    A changed status is recorded as a step, and the voters are mailed if it is in `NOTIFIED_STATUSES`. A new
    piece moves the request into production; the voters are mailed once the piece is published.
    """
    previous = ReelRequest.objects.select_for_update().get(pk=reel_request.pk)
    if reel_request.piece_id != previous.piece_id:
        _link_piece(reel_request)
    is_same_status = reel_request.status == previous.status
    reel_request.status_changed_at = previous.status_changed_at if is_same_status else now
    reel_request.save()
    reel_request.index_words()
    recount(reel_request)
    if reel_request.status != previous.status:
        _record_status_change(reel_request, by, now)
    if reel_request.piece_id:
        update_request_count(reel_request.piece_id)


def _link_piece(reel_request: ReelRequest) -> None:
    """Move a request with a new piece into production, and let its voters be notified of that piece."""
    reel_request.notified_at = None
    if reel_request.piece_id and reel_request.status in (Status.NEW, Status.PLANNED):
        reel_request.status = Status.PRODUCTION


def _record_status_change(reel_request: ReelRequest, by: str, now: datetime) -> None:
    note = _step_note(reel_request)
    step = Step.objects.create(request=reel_request, kind=reel_request.status, at=now, by=by, note=note)
    if reel_request.status in NOTIFIED_STATUSES and reel_request.is_public:
        notifications.notify_decision(step)


def _step_note(reel_request: ReelRequest) -> str:
    if reel_request.status == Status.DECLINED:
        return reel_request.reason
    if reel_request.status == Status.PLANNED and reel_request.planned_for:
        return f"For {reel_request.planned_for.day} {reel_request.planned_for:%B %Y}."
    return ""


@transaction.atomic
def merge(reel_requests: Iterable[ReelRequest], by: str, now: datetime) -> ReelRequest:
    """
    Merge requests into the one that `_merge_priority` puts first, and return that one.

    Its vote count then counts each person once. Raises `DecisionRefused` if fewer than two are left after
    merged requests are replaced by their primaries.
    """
    chosen = {reel_request.merged_into or reel_request for reel_request in reel_requests}
    primaries = sorted(chosen, key=_merge_priority, reverse=True)
    if len(primaries) < 2:
        raise DecisionRefused("Choose two requests at least that are not one already.")
    primary, *others = primaries
    for other in others:
        ReelRequest.objects.merged_group(other).update(merged_into=primary)
        other.merged_into = primary
        other.index_words()
        Step.objects.create(request=other, kind=Step.Kind.MERGED, at=now, by=by, note=primary.title)
    shown = [other.title for other in others if other.moderation == ReelRequest.Moderation.SHOWN]
    titles = ", ".join(shown)[:300]
    Step.objects.create(request=primary, kind=Step.Kind.MERGED, at=now, by=by, note=titles)
    _votes_changed(primary)
    return primary


def _merge_priority(reel_request: ReelRequest) -> tuple[bool, bool, int, int]:
    """The sort key for the primary: shown before hidden, answered before open, more votes, then the older."""
    is_shown = reel_request.moderation == ReelRequest.Moderation.SHOWN
    return is_shown, reel_request.is_answered, reel_request.vote_count, -reel_request.pk


@transaction.atomic
def split(reel_request: ReelRequest, by: str, now: datetime) -> None:
    """
    Undo a merge: the request is on its own again, with its own votes.

    Raises `DecisionRefused` if the request is not merged into another.
    """
    primary = reel_request.merged_into
    if primary is None:
        raise DecisionRefused(f"“{reel_request}” is part of no other request.")
    reel_request.merged_into = None
    reel_request.save(update_fields=["merged_into"])
    reel_request.index_words()
    for changed, other in ((reel_request, primary), (primary, reel_request)):
        Step.objects.create(request=changed, kind=Step.Kind.SPLIT, at=now, by=by, note=other.title)
    _votes_changed(primary)
    _votes_changed(reel_request)


def _votes_changed(primary: ReelRequest) -> None:
    """
    Recount after a merge or a split, and let the voters be notified again.

    Nobody is mailed twice about a piece, because a `Notification` is stored with each vote.
    """
    ReelRequest.objects.filter(pk=primary.pk).update(notified_at=None)
    primary.notified_at = None
    recount(primary)


@transaction.atomic
def accept_guess(guess: Guess, by: str, now: datetime) -> None:
    """
    Accept a guess: its film becomes the film of the request, and the voters are mailed.

    Raises `DecisionRefused` if another guess is accepted already.
    """
    reel_request = guess.request
    if reel_request.guesses.filter(is_accepted=True).exclude(pk=guess.pk).exists():
        raise DecisionRefused("Another guess is accepted already.")
    guess.moderation, guess.is_accepted = ReelRequest.Moderation.SHOWN, True
    guess.save()
    reel_request.film = guess.film
    reel_request.save(update_fields=["film"])
    name = str(guess.film or guess.title)
    step = Step.objects.create(request=reel_request, kind=Step.Kind.NAMED, at=now, by=by, note=name)
    notifications.notify_decision(step)


def show_guess(guess: Guess, by: str, now: datetime) -> None:
    """Show a guess to readers."""
    Guess.objects.filter(pk=guess.pk).update(moderation=ReelRequest.Moderation.SHOWN)


def mark_guess_spam(guess: Guess, by: str, now: datetime) -> None:
    """Hide a guess from readers. Raises `DecisionRefused` for the accepted one."""
    if guess.is_accepted:
        raise DecisionRefused(f"“{guess}” is accepted: it cannot be spam.")
    Guess.objects.filter(pk=guess.pk).update(moderation=ReelRequest.Moderation.SPAM)


def trust_requester(reel_request: ReelRequest) -> bool:
    """
    Trust the address of the first confirmed vote: its later requests are shown without moderation.

    Returns False if no vote is confirmed.
    """
    vote = reel_request.votes.confirmed().order_by("voted_at", "pk").first()
    if vote is None:
        return False
    TrustedAddress.objects.get_or_create(email=vote.email)
    return True
