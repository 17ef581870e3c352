"""manage.py purge: erases entries whose deletion date has come, as the worker does. Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contest import retention
from contest.models import Entry


class Command(BaseCommand):
    help = "Erase entries and winners whose deletion date has come, and delete old unconfirmed entries."

    def handle(self, **options: Any) -> None:
        before = Entry.objects.not_erased().count()
        now = timezone.now()
        retention.purge_due_entries(now)
        retention.purge_unconfirmed(now - retention.UNCONFIRMED_RETENTION)
        self.stdout.write(f"{before - Entry.objects.not_erased().count()} entries erased.")
