"""
Background jobs of the apps that are no sections: photos, fans, mail, sessions, the database.

Each call does a small part of the work and is safe to repeat.
"""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from cinemaclips.models import WorkerState
from fans.mailed_links import purge_used_links
from fans.models import Fan, FanSession
from fans.outbox import deliver_batch, purge_mail
from photos.models import Photo

BATCH_SIZE = 4  # pictures per run
FAN_RETENTION = timedelta(days=400)


def record_worker() -> None:
    """Record that this worker is alive."""
    WorkerState.objects.record(timezone.now())


def make_picture_sizes() -> bool:
    """Make a batch of renditions that do not exist yet, newest photo first. Returns whether more remain."""
    made = 0
    for photo in Photo.objects.newest_first().iterator():
        made += photo.make_missing_renditions(at_most=BATCH_SIZE - made)
        if made >= BATCH_SIZE:
            return True
    return False


def delete_expired_sessions() -> None:
    """Delete expired sessions of staff."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def optimize_database() -> None:
    """Let SQLite update the statistics that its query planner uses."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def deliver_mail() -> bool:
    """Send a batch of the outbox. Returns whether there is more."""
    return deliver_batch()


def purge_fans() -> None:
    """Delete fans who have confirmed nothing for 400 days and have no active consent, and ended sessions."""
    now = timezone.now()
    FanSession.objects.expired(now).delete()
    Fan.objects.idle_since(now - FAN_RETENTION).delete()
    purge_used_links(now)


def purge_old_mail() -> None:
    """Delete mail that was sent more than a month ago."""
    purge_mail(timezone.now())
