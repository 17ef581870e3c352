"""
Telling those who asked: once a person and piece, when the piece is out; and of decisions on their request.

What was told is kept with the vote: nobody hears twice, whatever is merged, split or published again.
"""

from django.db import transaction
from django.db.models import CharField, F, Min, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse

from fans.models import Mail
from reelrequests.models import ReelRequest, Vote
from reelrequests.vote_counts import update_request_count

BATCH_SIZE = 20


def notify_due(now):
    """Tell of the pieces that have come out since; True if there may be more."""
    due = list(ReelRequest.objects.to_notify(now)[:BATCH_SIZE])
    for reel_request in due:
        notify_published(reel_request, now)
    return len(due) == BATCH_SIZE


@transaction.atomic
def notify_published(reel_request, now):
    """Put a mail into the outbox for everybody who asked and has not heard of this piece."""
    piece = reel_request.piece
    votes = Vote.objects.for_merged_group(reel_request)
    _queue_mails(votes.not_notified_of(piece), f"covered {piece.pk}", "covered", {
        "title": reel_request.title, "piece_title": piece.title, "dek": piece.description,
        "path": piece.get_absolute_url(), "kicker": piece.kicker,
    })  # fmt: skip
    votes.confirmed().record_notified(piece)
    ReelRequest.objects.filter(pk=reel_request.pk).update(notified_at=now)
    update_request_count(piece.pk)


def notify_decision(step):
    """Tell everybody who asked of a decision, once a person."""
    reel_request = step.request
    context = {"title": reel_request.title, "path": reel_request.get_absolute_url(), "note": step.note}
    votes = Vote.objects.for_merged_group(reel_request).confirmed()
    _queue_mails(votes, f"step {step.pk}", f"step_{step.kind}", context)


def _queue_mails(votes, key, kind, context):
    """One mail an address, however many votes it has here, in one statement."""
    before, after = reverse("reelrequests:withdraw", args=["*"]).split("*")
    one_per_email = votes.values("email").annotate(first=Min("pk")).values("first")
    rows = Vote.objects.filter(pk__in=one_per_email).annotate(
        mail_key=Concat(Value(f"reel request {key} "), Cast("pk", CharField())),
        mail_to=F("email"),
        mail_context=JSONObject(unsubscribe_path=Concat(Value(before), F("withdraw_key"), Value(after))),
    )
    Mail.objects.enqueue_for_rows(rows, f"reelrequests/mail/{kind}", context)
