"""What the first page of the desk tells staff before anything else: that something does not work."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DeskNotice:
    """One notice: a heading, what is wrong and what to do, and since when it is so."""

    heading: str
    sentences: list[str]
    since: datetime
