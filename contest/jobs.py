"""The background job of contests."""

from django.utils import timezone

from contest import awarding, daily_counts, freezing, opening, retention


def run_contests() -> None:
    """
    Do what is due for every contest. Every step is safe to repeat.

    Records openings and daily counts, freezes lists, sends reminders, expires overdue awards, purges data.
    """
    now = timezone.now()
    for step in (opening.open_due_contests, daily_counts.record_daily_counts, freezing.freeze_due_contests):
        step(now)
    for step in (awarding.send_due_reminders, awarding.expire_overdue_awards, retention.purge_due_entries):
        step(now)
    retention.purge_unconfirmed(now - retention.UNCONFIRMED_RETENTION)
