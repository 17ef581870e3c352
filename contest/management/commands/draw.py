"""manage.py draw: what the clock asks of contests, and a check of all on record. Safe to run twice."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contest import awarding, checking, freezing, opening
from contest.models import Contest


class Command(BaseCommand):
    help = (
        "Open, count, freeze, remind and hand on what is due; then check every record and every draw. "
        "Numbers are typed in at the desk: nothing here can draw."
    )

    def handle(self, **options):
        now = timezone.now()
        for step in (opening.open_due, opening.count_days, freezing.freeze_due):
            step(now)
        for step in (awarding.remind_due, awarding.expire_due):
            step(now)
        wrong = 0
        for contest in Contest.objects.filter(acts__isnull=False).distinct().order_by("opens_at"):
            found = checking.faults(contest)
            wrong += bool(found)
            state = contest.state(now)
            self.stdout.write(f"{contest.draw}: {state}, {' '.join(found) or 'everything adds up.'}")
        if wrong:
            raise CommandError(
                f"{wrong} contests do not add up. Keep a copy of the database before anything else."
            )
