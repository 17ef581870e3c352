"""
The demo magazine: real facts about real films, our own words, invented interviewees, drawn pictures.

`load` puts it in, in one go or not at all, and notes every row; `remove` takes exactly these away.
"""

from cinemaclips.demo.loading import load
from cinemaclips.demo.removal import remove

__all__ = ["load", "remove"]
