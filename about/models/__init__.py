"""The show and its air times; letters from readers and where they go."""

from about.models.letters import Letter, Topic
from about.models.show import Airing, Channel, Episode, Segment

__all__ = ["Airing", "Channel", "Episode", "Letter", "Segment", "Topic"]
