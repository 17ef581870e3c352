"""The contest at the desk: its terms, its entries, its draw, its winners, and the law it keeps."""

from contest.admin import contests, entries, law

__all__ = ["contests", "entries", "law"]
