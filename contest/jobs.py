"""What the worker does for contests."""

from django.utils import timezone

from contest import awarding, daily_counts, freezing, opening, retention


def run_contests() -> None:
    """Open, count, freeze, remind, pass on and purge what is due. Every step is safe to repeat."""
    now = timezone.now()
    for step in (opening.open_due_contests, daily_counts.record_daily_counts, freezing.freeze_due_contests):
        step(now)
    for step in (awarding.send_due_reminders, awarding.expire_overdue_awards, retention.purge_due_entries):
        step(now)
    retention.purge_unconfirmed(now - retention.UNCONFIRMED_RETENTION)
