"""The show and its airings; letters from readers and their topics."""

from about.models.letters import Letter, Topic
from about.models.show import Airing, Channel, Episode, Segment

__all__ = ["Airing", "Channel", "Episode", "Letter", "Segment", "Topic"]
