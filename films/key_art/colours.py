"""The colours of key art and share cards, and a random choice that a text determines."""

import hashlib
from collections.abc import Sequence

type Palette = tuple[str, str, str, str, str, str]

# Background, three colours of the shapes, the title's panel, its letters (contrast at least 4.5:1).
PALETTES: list[Palette] = [
    ("#d8472b", "#14110f", "#f6f0e4", "#ffb238", "#14110f", "#f6f0e4"),
    ("#1f4e5f", "#f2b134", "#f6f0e4", "#ed553b", "#f6f0e4", "#163844"),
    ("#2b2d42", "#ef233c", "#edf2f4", "#8d99ae", "#edf2f4", "#2b2d42"),
    ("#f0a202", "#202c39", "#f2e9da", "#d95d39", "#202c39", "#f2e9da"),
    ("#3a5a40", "#dad7cd", "#14110f", "#e07a5f", "#14110f", "#dad7cd"),
    ("#6d213c", "#f4d58d", "#14110f", "#d1495b", "#f4d58d", "#4d1229"),
    ("#0b4f6c", "#fbfbff", "#14110f", "#f7b267", "#f7b267", "#14110f"),
    ("#e8dcc4", "#14110f", "#b3261e", "#3d5a6c", "#b3261e", "#fff8ec"),
]


class SeededRandom:
    """Random numbers from a text; the same text always gives the same numbers."""

    def __init__(self, text: str) -> None:
        self.digest = hashlib.sha256(text.encode()).digest()
        self.bytes_used = 0

    def uniform(self, low: float, high: float) -> float:
        """The next number between `low` and `high`."""
        byte = self.digest[self.bytes_used % len(self.digest)]
        self.bytes_used += 1
        return low + byte / 255 * (high - low)

    def choice[T](self, choices: Sequence[T]) -> T:
        return choices[min(int(self.uniform(0, len(choices))), len(choices) - 1)]
