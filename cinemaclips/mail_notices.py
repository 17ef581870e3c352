"""What the desk says when mail does not leave."""

from datetime import datetime

from fans.models import Mail, MailQueue
from magazine.desk_notices import DeskNotice

WHAT_TO_DO = (
    "Nothing is lost. We try again by ourselves, at most ten minutes apart. To try at once, and to see what "
    "the mail server answers: manage.py send_test_mail ADDRESS"
)


def mail_notices(now: datetime) -> list[DeskNotice]:
    """A notice while the outbox is paused; one query if it is not."""
    queue = MailQueue.objects.state()
    return [_pause_notice(queue, queue.paused_at, now)] if queue.paused_at else []


def _pause_notice(queue: MailQueue, since: datetime, now: datetime) -> DeskNotice:
    waiting = Mail.objects.unsent().filter(not_before__lte=now).count()
    mails = "1 mail waits." if waiting == 1 else f"{waiting} mails wait."
    return DeskNotice("No mail leaves", [queue.problem, f"{mails} {WHAT_TO_DO}"], since)
