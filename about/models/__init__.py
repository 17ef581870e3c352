"""The show and its airings; letters from readers and their topics."""

from about.models.letters import Letter
from about.models.show import Airing, Channel, Episode, Segment
from about.models.topics import Topic

__all__ = ["Airing", "Channel", "Episode", "Letter", "Segment", "Topic"]
