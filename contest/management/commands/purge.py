"""manage.py purge: delete what the printed days say. The worker does it too; safe to run twice."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from contest import forgetting
from contest.models import Entry


class Command(BaseCommand):
    help = "Delete entries and winners whose printed day has come, and entries never confirmed."

    def handle(self, **options):
        before = Entry.objects.personal().count()
        now = timezone.now()
        forgetting.delete_due(now)
        forgetting.forget_unconfirmed(now - forgetting.UNCONFIRMED_KEPT)
        self.stdout.write(f"{before - Entry.objects.personal().count()} entries tell of nobody any more.")
