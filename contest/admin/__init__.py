"""The admin of contests: terms, entries, draw, winners, regions and thresholds."""

from contest.admin import contests, entries, exclusions, law

__all__ = ["contests", "entries", "exclusions", "law"]
