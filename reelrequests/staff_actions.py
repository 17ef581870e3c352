"""What staff decide on requests. Each decision is one transaction with its step in the public history."""

from django.db import transaction

from films.titles import folded
from magazine.models import Word
from reelrequests import notifications
from reelrequests.models import Guess, ReelRequest, Step, TrustedAddress
from reelrequests.models.requests import Status
from reelrequests.vote_counts import recount, update_request_count

NOTIFIED_STATUSES = {Status.PLANNED, Status.DECLINED}  # changes that those who asked hear of


class DecisionRefused(Exception):
    """A decision that cannot be; the sentence says why."""


@transaction.atomic
def show(reel_request, by, now):
    """Let readers see it; its history begins. Nothing where they do already."""
    if reel_request.moderation == ReelRequest.Moderation.SHOWN:
        return
    reel_request.moderation, reel_request.status_changed_at = ReelRequest.Moderation.SHOWN, now
    reel_request.save(update_fields=["moderation", "status_changed_at"])
    reel_request.index_words()
    Word.objects.add_from(folded(reel_request.title))
    Step.objects.create(request=reel_request, kind=Step.Kind.SHOWN, at=now, by=by)


@transaction.atomic
def mark_spam(reel_request, by, now):
    """Take it from readers' pages, and keep it for staff."""
    reel_request.moderation = ReelRequest.Moderation.SPAM
    reel_request.save(update_fields=["moderation"])
    reel_request.index_words()


@transaction.atomic
def save_changes(reel_request, by, now):
    """
    Save what staff have written into a request. A new status is a step, and those who asked hear of it;
    a new piece will be told of when it is out. The request goes into production with it.
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


def _link_piece(reel_request):
    """What is linked to a piece is being made, and nobody has heard of that piece yet."""
    reel_request.notified_at = None
    if reel_request.piece_id and reel_request.status in (Status.NEW, Status.PLANNED):
        reel_request.status = Status.PRODUCTION


def _record_status_change(reel_request, by, now):
    note = _step_note(reel_request)
    step = Step.objects.create(request=reel_request, kind=reel_request.status, at=now, by=by, note=note)
    if reel_request.status in NOTIFIED_STATUSES and reel_request.is_public:
        notifications.notify_decision(step)


def _step_note(reel_request):
    if reel_request.status == Status.DECLINED:
        return reel_request.reason
    if reel_request.status == Status.PLANNED and reel_request.planned_for:
        return f"For {reel_request.planned_for.day} {reel_request.planned_for:%B %Y}."
    return ""


@transaction.atomic
def merge(reel_requests, by, now):
    """
    Make several requests one, the one that most people want; of their people each is counted once.

    That request. Raises `DecisionRefused` where there are not two.
    """
    primaries = {reel_request.merged_into or reel_request for reel_request in reel_requests}
    primaries = sorted(primaries, key=_merge_priority, reverse=True)
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


def _merge_priority(reel_request):
    """What readers can see goes first, then what is covered, then the bigger crowd."""
    is_shown = reel_request.moderation == ReelRequest.Moderation.SHOWN
    return is_shown, reel_request.is_answered, reel_request.vote_count, -reel_request.pk


@transaction.atomic
def split(reel_request, by, now):
    """Undo a union: the request stands for itself again, with those who asked. Raises `DecisionRefused`."""
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


def _votes_changed(primary):
    """Who belongs to it has changed: count anew, and ask anew who has not heard of its piece."""
    ReelRequest.objects.filter(pk=primary.pk).update(notified_at=None)
    primary.notified_at = None
    recount(primary)


@transaction.atomic
def accept_guess(guess, by, now):
    """It is this film: the request's film is known, and all who asked hear it. Raises `DecisionRefused`."""
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


def show_guess(guess, by, now):
    """Let readers see a guess."""
    Guess.objects.filter(pk=guess.pk).update(moderation=ReelRequest.Moderation.SHOWN)


def mark_guess_spam(guess, by, now):
    """Take a guess from readers' pages. Raises `DecisionRefused` for the accepted one."""
    if guess.is_accepted:
        raise DecisionRefused(f"“{guess}” is accepted: it cannot be spam.")
    Guess.objects.filter(pk=guess.pk).update(moderation=ReelRequest.Moderation.SPAM)


def trust_requester(reel_request):
    """Show from now on what the one who asked for this asks for; False where no address is confirmed."""
    vote = reel_request.votes.confirmed().order_by("voted_at", "pk").first()
    if vote is None:
        return False
    TrustedAddress.objects.get_or_create(email=vote.email)
    return True
