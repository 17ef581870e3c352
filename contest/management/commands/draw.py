"""manage.py draw: runs the background job of contests, then checks every draw. Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contest import audit, awarding, freezing, opening
from contest.daily_counts import record_daily_counts
from contest.models import Contest


class Command(BaseCommand):
    help = (
        "Run the background job of contests, then check every audit log and every draw. "
        "This command makes no draw: the numbers are typed in at the desk."
    )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        for step in (
            opening.open_due_contests,
            record_daily_counts,
            freezing.freeze_due_contests,
        ):
            step(now)
        for step in (awarding.send_due_reminders, awarding.expire_overdue_awards):
            step(now)
        failures = 0
        for contest in Contest.objects.filter(audit_log__isnull=False).distinct().order_by("opens_at"):
            problems = audit.find_problems(contest)
            failures += bool(problems)
            state = contest.state_at(now)
            self.stdout.write(f"{contest.draw_id}: {state}, {' '.join(problems) or 'no problems found.'}")
        if failures:
            raise CommandError(
                f"{failures} contests have problems. Keep a copy of the database before anything else."
            )
