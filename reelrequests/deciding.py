"""What staff decide on requests. Each decision is one transaction with its step in the public history."""

from django.db import transaction

from films.titles import folded
from magazine.models import Word
from reelrequests import telling
from reelrequests.counting import count, count_askers
from reelrequests.models import Guess, ReelRequest, Step, TrustedAddress
from reelrequests.models.requests import Status

TOLD_OF = {Status.PLANNED, Status.DECLINED}  # changes that those who asked hear of


class NotSo(Exception):
    """A decision that cannot be; the sentence says why."""


@transaction.atomic
def show(request, by, now):
    """Let readers see it; its history begins. Nothing where they do already."""
    if request.look == ReelRequest.Look.SHOWN:
        return
    request.look, request.moved_at = ReelRequest.Look.SHOWN, now
    request.save(update_fields=["look", "moved_at"])
    request.index_words()
    Word.objects.add_from(folded(request.title))
    Step.objects.create(request=request, kind=Step.Kind.SHOWN, at=now, by=by)


@transaction.atomic
def call_spam(request, by, now):
    """Take it from readers' pages, and keep it for staff."""
    request.look = ReelRequest.Look.SPAM
    request.save(update_fields=["look"])
    request.index_words()


@transaction.atomic
def note(request, by, now):
    """
    Save what staff have written into a request. A new status is a step, and those who asked hear of it;
    a new piece will be told of when it is out. The request goes into production with it.
    """
    before = ReelRequest.objects.select_for_update().get(pk=request.pk)
    if request.piece_id != before.piece_id:
        _take_piece(request)
    request.moved_at = before.moved_at if request.status == before.status else now
    request.save()
    request.index_words()
    count(request)
    if request.status != before.status:
        _record_move(request, by, now)
    if request.piece_id:
        count_askers(request.piece_id)


def _take_piece(request):
    """What is linked to a piece is being made, and nobody has heard of that piece yet."""
    request.told_at = None
    if request.piece_id and request.status in (Status.NEW, Status.PLANNED):
        request.status = Status.PRODUCTION


def _record_move(request, by, now):
    step = Step.objects.create(request=request, kind=request.status, at=now, by=by, note=_note_of(request))
    if request.status in TOLD_OF and request.is_public:
        telling.tell_of(step)


def _note_of(request):
    if request.status == Status.DECLINED:
        return request.reason
    if request.status == Status.PLANNED and request.planned_for:
        return f"For {request.planned_for.day} {request.planned_for:%B %Y}."
    return ""


@transaction.atomic
def unite(requests, by, now):
    """
    Make several requests one, the one that most people want; of their people each is counted once.

    That request. Raises `NotSo` where there are not two.
    """
    heads = {request.merged_into or request for request in requests}
    heads = sorted(heads, key=_stands_before, reverse=True)
    if len(heads) < 2:
        raise NotSo("Choose two requests at least that are not one already.")
    head, *others = heads
    for other in others:
        ReelRequest.objects.family_of(other).update(merged_into=head)
        other.merged_into = head
        other.index_words()
        Step.objects.create(request=other, kind=Step.Kind.UNITED, at=now, by=by, note=head.title)
    titles = ", ".join(each.title for each in others if each.look == ReelRequest.Look.SHOWN)[:300]
    Step.objects.create(request=head, kind=Step.Kind.UNITED, at=now, by=by, note=titles)
    _crowd_changed(head)
    return head


def _stands_before(request):
    """What readers can see goes first, then what is covered, then the bigger crowd."""
    return request.look == ReelRequest.Look.SHOWN, request.is_answered, request.voices, -request.pk


@transaction.atomic
def split(request, by, now):
    """Undo a union: the request stands for itself again, with the people who asked for it. Raises `NotSo`."""
    head = request.merged_into
    if head is None:
        raise NotSo(f"“{request}” is part of no other request.")
    request.merged_into = None
    request.save(update_fields=["merged_into"])
    request.index_words()
    for each, other in ((request, head), (head, request)):
        Step.objects.create(request=each, kind=Step.Kind.SPLIT, at=now, by=by, note=other.title)
    _crowd_changed(head)
    _crowd_changed(request)


def _crowd_changed(head):
    """Who belongs to it has changed: count anew, and ask anew who has not heard of its piece."""
    ReelRequest.objects.filter(pk=head.pk).update(told_at=None)
    head.told_at = None
    count(head)


@transaction.atomic
def accept(guess, by, now):
    """It is this film: the request's film is known, and everybody who asked hears it. Raises `NotSo`."""
    request = guess.request
    if request.guesses.filter(is_accepted=True).exclude(pk=guess.pk).exists():
        raise NotSo("Another guess is accepted already.")
    guess.look, guess.is_accepted = ReelRequest.Look.SHOWN, True
    guess.save()
    request.film = guess.film
    request.save(update_fields=["film"])
    said = str(guess.film or guess.title)
    step = Step.objects.create(request=request, kind=Step.Kind.NAMED, at=now, by=by, note=said)
    telling.tell_of(step)


def show_guess(guess, by, now):
    """Let readers see a guess."""
    Guess.objects.filter(pk=guess.pk).update(look=ReelRequest.Look.SHOWN)


def call_guess_spam(guess, by, now):
    """Take a guess from readers' pages. Raises `NotSo` for the accepted one."""
    if guess.is_accepted:
        raise NotSo(f"“{guess}” is accepted: it cannot be spam.")
    Guess.objects.filter(pk=guess.pk).update(look=ReelRequest.Look.SPAM)


def trust(request):
    """Show from now on what the one who asked for this asks for; False where no address is confirmed."""
    first = request.voice_rows.confirmed().order_by("given_at", "pk").first()
    if first is None:
        return False
    TrustedAddress.objects.get_or_create(email=first.email)
    return True
