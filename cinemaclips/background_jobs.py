"""What the worker does. Each job does a little and says whether there is more to do."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from about.letter_forwarding import forward_letters
from contest import awarding, freezing, opening, retention
from fans.limits import purge_rate_limit_counters
from fans.models import Fan
from fans.outbox import deliver_batch, purge_mail
from links.checking import check_due_links
from photos.models import Photo
from reelrequests.notifications import notify_due
from reelrequests.reader_actions import purge_expired
from trivia import players, reel_calendar, statistics

BATCH_SIZE = 4
FAN_RETENTION = timedelta(days=400)


def make_picture_sizes():
    """Make the sizes that no reader has asked for yet, newest pictures first."""
    made = 0
    for photo in Photo.objects.newest_first().iterator():
        made += photo.make_missing_renditions(at_most=BATCH_SIZE - made)
        if made >= BATCH_SIZE:
            return True
    return False


def delete_expired_sessions():
    """Delete sessions of staff that have run out."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def optimize_database():
    """Let SQLite look at its statistics."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def check_links():
    """Visit a few links of the directory."""
    check_due_links(limit=BATCH_SIZE)


def prepare_puzzles():
    """Make the Daily Reel's puzzles of the next thirty days."""
    reel_calendar.create_coming_puzzles()


def purge_players():
    """Delete players who have not played for 400 days."""
    players.purge_inactive_players(timezone.now())


def update_statistics():
    """Bring what is known of questions up to date with what was answered."""
    return statistics.count_new_answers()


def deliver_mail():
    """Send what lies in the outbox."""
    return deliver_batch()


def purge_fans():
    """Delete fans who have not come for 400 days and wait for nothing from us."""
    Fan.objects.idle_since(timezone.now() - FAN_RETENTION).delete()


def purge_old_mail():
    """Delete mail that left a month ago."""
    purge_mail(timezone.now())


def run_contests():
    """What the clock does with contests: open, count the days, freeze in time, remind, hand on, forget."""
    now = timezone.now()
    for step in (opening.open_due_contests, opening.record_daily_counts, freezing.freeze_due_contests):
        step(now)
    for step in (awarding.send_due_reminders, awarding.expire_overdue_awards, retention.purge_due_entries):
        step(now)
    retention.purge_unconfirmed(now - retention.UNCONFIRMED_RETENTION)


def notify_requesters():
    """Tell those who asked for a piece that it is out."""
    return notify_due(timezone.now())


def purge_votes():
    """Forget addresses that nobody confirmed, and browsers that have not come back."""
    purge_expired(timezone.now())


JOBS = {
    forward_letters: timedelta(0),
    notify_requesters: timedelta(0),
    deliver_mail: timedelta(0),
    run_contests: timedelta(minutes=1),
    purge_old_mail: timedelta(hours=6),
    purge_fans: timedelta(days=1),
    check_links: timedelta(minutes=10),
    purge_rate_limit_counters: timedelta(hours=6),
    make_picture_sizes: timedelta(minutes=1),
    delete_expired_sessions: timedelta(hours=6),
    prepare_puzzles: timedelta(hours=1),
    update_statistics: timedelta(minutes=2),
    purge_players: timedelta(days=1),
    purge_votes: timedelta(days=1),
    optimize_database: timedelta(days=1),
}
