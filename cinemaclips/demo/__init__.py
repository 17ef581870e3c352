"""
The demo magazine: real facts about real films, texts written for it, invented interviewees, drawn pictures.

`load` creates it in one transaction and records every row as a `DemoRow`; `remove` deletes those rows only.
"""

from cinemaclips.demo.loading import load
from cinemaclips.demo.removal import remove

__all__ = ["load", "remove"]
