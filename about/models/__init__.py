"""The show and its air times; letters from readers and where they go."""

from about.models.letters import Letter
from about.models.show import Airing, Channel, Episode, Segment
from about.models.topics import Topic

__all__ = ["Airing", "Channel", "Episode", "Letter", "Segment", "Topic"]
