"""A transcript after parsing: turns, and the text around them."""

from dataclasses import dataclass, field
from typing import Any

from interviews.input_formats import strip_emphasis
from interviews.intro_outro import IntroParts, split_intro

QUESTION, ANSWER, DIRECTION = "question", "answer", "direction"
HIGH, LOW = "high", "low"


@dataclass(frozen=True)
class ParsedTurn:
    """One turn; `text` may have several paragraphs and contain emphasis marks."""

    kind: str
    speaker: str
    text: str


@dataclass(frozen=True)
class ParsedTranscript:
    """
    The result of the parser.

    `confidence` is HIGH or LOW; an editor has to confirm a LOW one. `intro` and `outro` are the text before
    the first and after the last turn, `labels` the labels as they stand in the text.
    """

    confidence: str
    intro: str
    turns: list[ParsedTurn]
    outro: str
    speakers: list[str]
    labels: list[str] = field(default_factory=list)

    @property
    def intro_parts(self) -> IntroParts:
        return split_intro(self.intro)

    def as_dict(self) -> dict[str, Any]:
        """The transcript as JSON-ready data, without emphasis marks."""
        return {
            "confidence": self.confidence,
            "intro": strip_emphasis(self.intro),
            "turns": [
                {"kind": turn.kind, "speaker": turn.speaker, "text": strip_emphasis(turn.text)}
                for turn in self.turns
            ],
            "outro": strip_emphasis(self.outro),
            "speakers": self.speakers,
            "byline": self.intro_parts.byline,
            "credits": self.intro_parts.credits,
        }
