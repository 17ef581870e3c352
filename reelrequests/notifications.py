"""
Mails those who voted for a request when its piece is published, and when staff decide on the request.

Each person gets one mail about a piece. A `Notification` of the vote records it, so that nobody is mailed
twice if requests are merged or split, or if the piece is published again.
"""

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import CharField, F, Min, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse

from fans.models import Mail
from magazine.models import Article
from reelrequests.models import ReelRequest, Step, Vote
from reelrequests.models.votes import VoteQuerySet
from reelrequests.vote_counts import update_request_count

BATCH_SIZE = 20


def notify_due(now: datetime) -> bool:
    """Mail the voters of up to `BATCH_SIZE` requests whose piece was published. True if there may be more."""
    due = list(ReelRequest.objects.to_notify(now)[:BATCH_SIZE])
    for reel_request in due:
        notify_published(reel_request, now)
    return len(due) == BATCH_SIZE


@transaction.atomic
def notify_published(reel_request: ReelRequest, now: datetime) -> None:
    """Queue a mail for everybody who voted for the request and has not been mailed about its piece."""
    piece = cast(Article, reel_request.piece)
    votes = Vote.objects.for_merged_group(reel_request)
    _queue_mails(votes.not_notified_of(piece), f"covered {piece.pk}", "covered", {
        "title": reel_request.title, "piece_title": piece.title, "dek": piece.description,
        "path": piece.get_absolute_url(), "kicker": piece.kicker,
    })  # fmt: skip
    votes.confirmed().record_notified(piece)
    ReelRequest.objects.filter(pk=reel_request.pk).update(notified_at=now)
    update_request_count(piece.pk)


def notify_decision(step: Step) -> None:
    """Queue a mail about a decision for everybody who voted for the request, one to each address."""
    reel_request = step.request
    context = {"title": reel_request.title, "path": reel_request.get_absolute_url(), "note": step.note}
    votes = Vote.objects.for_merged_group(reel_request).confirmed()
    _queue_mails(votes, f"step {step.pk}", f"step_{step.kind}", context)


def _queue_mails(votes: VoteQuerySet, key: str, kind: str, context: dict[str, Any]) -> None:
    """Queue one mail for each address among these votes, in one statement."""
    before, after = reverse("reelrequests:withdraw", args=["*"]).split("*")
    one_per_email = votes.values("email").annotate(first=Min("pk")).values("first")
    rows = Vote.objects.filter(pk__in=one_per_email).annotate(
        mail_key=Concat(Value(f"reel request {key} "), Cast("pk", CharField())),
        mail_to=F("email"),
        mail_context=JSONObject(unsubscribe_path=Concat(Value(before), F("withdraw_key"), Value(after))),
    )
    Mail.objects.enqueue_for_rows(rows, f"reelrequests/mail/{kind}", context)
