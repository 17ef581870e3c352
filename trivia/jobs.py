"""The background jobs of trivia."""

from django.utils import timezone

from trivia import players, reel_calendar, statistics


def prepare_puzzles() -> None:
    """Create the Daily Reel's puzzles of the next thirty days."""
    reel_calendar.create_coming_puzzles()


def purge_players() -> None:
    """Delete players who have not played for 400 days."""
    players.purge_inactive_players(timezone.now())


def update_statistics() -> bool:
    """Add new answers to the statistics of questions. Returns whether there are more."""
    return statistics.count_new_answers()
