"""
Telling those who asked: once a person and piece, when the piece is out; and of decisions on their request.

What was told is kept with the voice: nobody hears twice, whatever is united, split or published again.
"""

from django.db import transaction
from django.db.models import CharField, F, Min, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse

from fans.models import Mail
from reelrequests.counting import count_askers
from reelrequests.models import ReelRequest, Voice

AT_ONCE = 20


def tell_due(now):
    """Tell of the pieces that have come out since; True if there may be more."""
    due = list(ReelRequest.objects.untold(now)[:AT_ONCE])
    for request in due:
        tell(request, now)
    return len(due) == AT_ONCE


@transaction.atomic
def tell(request, now):
    """Put a mail into the outbox for everybody who asked and has not heard of this piece."""
    piece = request.piece
    voices = Voice.objects.for_family_of(request)
    _post(voices.unheard(piece), f"covered {piece.pk}", "covered", {
        "title": request.title, "piece": piece.title, "dek": piece.description,
        "address": piece.get_absolute_url(), "kind": piece.kicker,
    })  # fmt: skip
    voices.confirmed().note_told(piece)
    ReelRequest.objects.filter(pk=request.pk).update(told_at=now)
    count_askers(piece.pk)


def tell_of(step):
    """Tell everybody who asked of a decision, once a person."""
    request = step.request
    context = {"title": request.title, "address": request.get_absolute_url(), "note": step.note}
    _post(Voice.objects.for_family_of(request).confirmed(), f"step {step.pk}", f"step_{step.kind}", context)


def _post(voices, key, kind, context):
    """One mail an address, however many voices it has here, in one statement."""
    before, after = reverse("reelrequests:leave", args=["*"]).split("*")
    firsts = voices.values("email").annotate(first=Min("pk")).values("first")
    rows = Voice.objects.filter(pk__in=firsts).annotate(
        mail_key=Concat(Value(f"reel request {key} "), Cast("pk", CharField())),
        mail_to=F("email"),
        mail_context=JSONObject(unsubscribe_path=Concat(Value(before), F("key"), Value(after))),
    )
    Mail.objects.enqueue_for_rows(rows, f"reelrequests/mail/{kind}", context)
