"""What the worker does. Each chore does a little and says whether there is more to do."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from about.mailroom import tell_staff
from fans.limits import forget_tallies
from links.checking import check_some
from photos.models import Photo
from trivia import players, reel, statistics

SLICE = 4


def make_picture_sizes():
    """Make the sizes that no reader has asked for yet, newest pictures first."""
    made = 0
    for photo in Photo.objects.newest_first().iterator():
        made += photo.make_sizes(at_most=SLICE - made)
        if made >= SLICE:
            return True
    return False


def forget_old_sessions():
    """Delete sessions of staff that have run out."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def tend_the_database():
    """Let SQLite look at its statistics."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def check_links():
    """Visit a few links of the directory."""
    check_some(at_most=SLICE)


def prepare_puzzles():
    """Make the Daily Reel's puzzles of the next thirty days."""
    reel.prepare()


def forget_players():
    """Delete players who have not played for 400 days."""
    players.forget_players(timezone.now())


def count_answers():
    """Bring what is known of questions up to date with what was answered."""
    return statistics.count_some()


CHORES = {
    tell_staff: timedelta(minutes=1),
    check_links: timedelta(minutes=10),
    forget_tallies: timedelta(hours=6),
    make_picture_sizes: timedelta(minutes=1),
    forget_old_sessions: timedelta(hours=6),
    prepare_puzzles: timedelta(hours=1),
    count_answers: timedelta(minutes=2),
    forget_players: timedelta(days=1),
    tend_the_database: timedelta(days=1),
}
