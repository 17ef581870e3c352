"""What is recorded of a contest when it is published and when it opens."""

from datetime import datetime

from django.db import transaction

from contest.commitments import terms_hash
from contest.models import AuditEvent, Contest, Rules
from contest.official_rules import save_rules_version


def record_published_rules(contest: Contest, now: datetime, actor: str = "") -> Rules:
    """Save the rules of a published or scheduled contest; a new version is recorded in the audit log."""
    rules = save_rules_version(contest)
    payload = {"version": rules.version, "sha256": rules.sha256}
    if not any(event.payload == payload for event in contest.audit_log.filter(kind="published")):
        AuditEvent.objects.append(contest, "published", actor, at=now, **payload)
    return rules


def open_due_contests(now: datetime) -> None:
    """Record the opening of every contest that has opened; from then on triggers protect its terms."""
    for contest in Contest.objects.due_to_open(now).with_terms():
        record_opening(contest, now)


@transaction.atomic
def record_opening(contest: Contest, now: datetime) -> None:
    """Record the opening and the rules in force in the audit log, once for each contest."""
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    if not locked.audit_log.filter(kind="opened").exists():
        rules = record_published_rules(contest, now)
        AuditEvent.objects.append(
            contest, "opened", at=now,
            rules=rules.sha256, version=rules.version, terms=terms_hash(contest),
        )  # fmt: skip
