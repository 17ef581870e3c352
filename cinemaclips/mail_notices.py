"""What the desk says when mail does not leave."""

from datetime import datetime

from fans.models import Mail, MailQueue
from fans.models.outbox import MailQuerySet
from fans.unconfirmed_mail import limit_sentence
from magazine.desk_notices import DeskNotice

WHAT_TO_DO = (
    "Nothing is lost. We try again by ourselves, at most ten minutes apart. To try at once, and to see what "
    "the mail server answers: manage.py send_test_mail ADDRESS"
)


def mail_notices(now: datetime) -> list[DeskNotice]:
    """Notices while the outbox is paused or the hourly limit is reached; one query if neither is so."""
    queue, waiting, notices = MailQueue.objects.state(), Mail.objects.unsent().filter(not_before__lte=now), []
    if queue.paused_at:
        sentences = [queue.problem, f"{_count_in_words(waiting)} {WHAT_TO_DO}"]
        notices.append(DeskNotice("No mail leaves", sentences, queue.paused_at))
    if queue.limited_at:
        sentences = [limit_sentence(), _count_in_words(waiting.exclude(mailbox=""))]
        notices.append(
            DeskNotice("More mail is asked for than we send in an hour", sentences, queue.limited_at)
        )
    return notices


def _count_in_words(waiting: MailQuerySet) -> str:
    count = waiting.count()
    return "1 mail waits." if count == 1 else f"{count} mails wait."
