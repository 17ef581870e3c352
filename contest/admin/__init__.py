"""The admin of contests: terms, entries, draw, winners, regions and thresholds."""

from contest.admin import contests, entries, law

__all__ = ["contests", "entries", "law"]
