"""
A pasted interview, brought into turns. Deterministic; no word is lost and none is invented.

Everything before the first turn is `intro`, everything after the last `outro`, so that the words
of intro, turns, outro and labels together are the words that came in. Byline, photo credits and
headline are found in the intro and stay in it; `interviews.opening` takes it apart for the page.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from interviews.labels import (
    ANSWERING,
    ASKING,
    NAMELESS,
    believed,
    broken_at_labels,
    is_direction,
    read_label,
)
from interviews.opening import is_afterword, read_opening
from interviews.sources import BOLD, UNBOLD, lines_of, plain

QUESTION, ANSWER, DIRECTION = "question", "answer", "direction"
HIGH, LOW = "high", "low"


class NoTranscript(Exception):
    """A text in which nobody can be told from anybody; the message says what was looked for."""


@dataclass(frozen=True)
class SpokenTurn:
    """One turn; `text` may have several paragraphs and carry emphasis marks."""

    kind: str
    speaker: str
    text: str


@dataclass(frozen=True)
class Transcript:
    """What was understood of a text, and how surely."""

    confidence: str
    intro: str
    turns: list
    outro: str
    speakers: list
    labels: list = field(default_factory=list)

    @property
    def opening(self):
        return read_opening(self.intro)

    def as_dict(self):
        """The parse for programs, without emphasis."""
        return {
            "confidence": self.confidence,
            "intro": plain(self.intro),
            "turns": [
                {"kind": turn.kind, "speaker": turn.speaker, "text": plain(turn.text)} for turn in self.turns
            ],
            "outro": plain(self.outro),
            "speakers": self.speakers,
            "byline": self.opening.byline,
            "credits": self.opening.credits,
        }


def parse(text):
    """The `Transcript` in `text` (text, Markdown, HTML, WebVTT or SRT); raises `NoTranscript`."""
    lines = broken_at_labels(lines_of(text))
    names = believed(lines)
    transcript = _labelled(lines, names) if names else None
    transcript = transcript or _bold_questions(lines) or _alternating(lines)
    if transcript is None:
        raise NoTranscript(
            "No interview was found in this text: no speaker comes back, no question is marked. "
            "Put “Q:” and “A:” or the speakers' names before the turns and try again."
        )
    return transcript


def _paragraphs(lines):
    """Runs of lines between empty ones."""
    run = []
    for line in [*lines, ""]:
        if line.strip():
            run.append(line.strip())
        elif run:
            yield run
            run = []


def _labelled(lines, names):
    """The reading of a text whose turns carry labels."""
    before, turns, labels = [], [], []
    for paragraph in _paragraphs(lines):
        fresh = True
        for line in paragraph:
            label = read_label(line)
            if label and label.name.casefold() in names:
                labels.append(label.raw)
                turns.append([label.name, [[label.rest]] if label.rest else []])
            elif not turns:
                _continue(before, line, fresh)
            else:
                _continue(turns[-1][1], line, fresh)
            fresh = False
    if len(turns) < 2:
        return None
    outro = _outro(turns)
    kinds = _kinds(turns)
    spoken = [
        turn for name, paragraphs in turns for turn in _spoken(name, kinds[name.casefold()], paragraphs)
    ]
    found = {turn.kind for turn in spoken}
    speakers = list(dict.fromkeys(turn.speaker for turn in spoken if turn.speaker))
    return Transcript(
        confidence=HIGH if {QUESTION, ANSWER} <= found else LOW,
        intro=_joined(before),
        turns=spoken,
        outro=_joined(outro),
        speakers=speakers,
        labels=labels,
    )


def _continue(paragraphs, line, fresh):
    """Add a line: to the paragraph it stands in, or as a new one."""
    if fresh or not paragraphs:
        paragraphs.append([line])
    else:
        paragraphs[-1].append(line)


def _joined(paragraphs):
    return "\n\n".join("\n".join(lines) for lines in paragraphs)


def _outro(turns):
    """Take from the last turn the paragraphs that nobody speaks any more."""
    paragraphs = turns[-1][1]
    spoken_on = any(len(each) > 1 for _, each in turns[:-1])
    for at in range(1, len(paragraphs)):
        if not spoken_on or is_afterword(" ".join(paragraphs[at])):
            outro = paragraphs[at:]
            del paragraphs[at:]
            return outro
    return []


def _kinds(turns):
    """Whether each name asks or answers, from its label or from how often it asks."""
    asked = defaultdict(list)
    for name, paragraphs in turns:
        asked[name.casefold()].append("?" in " ".join(line for lines in paragraphs for line in lines))
    kinds = {name: QUESTION for name in asked if name in ASKING}
    kinds |= {name: ANSWER for name in asked if name in ANSWERING}
    unknown = {name: sum(each) / len(each) for name, each in asked.items() if name not in kinds}
    if QUESTION in kinds.values():
        return kinds | dict.fromkeys(unknown, ANSWER)
    most = max(unknown.values(), default=0)
    askers = {name for name, share in unknown.items() if share == most or share > 0.6}
    first = next((name for name in unknown if name in askers), None)
    if askers == set(unknown):
        askers = {first}
    return kinds | {name: QUESTION if name in askers else ANSWER for name in unknown}


def _spoken(name, kind, paragraphs):
    """The turns of one label: its words, and a stage direction between them as a turn apart."""
    speaker = "" if name.casefold() in NAMELESS else name
    said = []
    for lines in paragraphs:
        text = "\n".join(lines)
        if is_direction(text):
            yield from _turn(kind, speaker, said)
            yield SpokenTurn(DIRECTION, "", text)
            said = []
        else:
            said.append(text)
    yield from _turn(kind, speaker, said)


def _turn(kind, speaker, said):
    if said:
        yield SpokenTurn(kind, speaker, "\n\n".join(said))


def _bold_questions(lines):
    """The reading of a text whose questions are set in bold and whose answers are not."""
    apart = [each for line in lines for each in (["", line, ""] if _is_bold(line) else [line])]
    paragraphs = ["\n".join(run) for run in _paragraphs(apart)]
    asked = [at for at, text in enumerate(paragraphs) if _is_bold(text) and "?" in text]
    if len(asked) < 2:
        return None
    kinds = [QUESTION if _is_bold(text) else ANSWER for text in paragraphs]
    return _unlabelled(paragraphs, kinds, asked[0], HIGH)


def _is_bold(text):
    return text.strip().startswith(BOLD) and text.strip().endswith(UNBOLD)


def _alternating(lines):
    """The reading of a text in which question and answer just take turns: for an editor to confirm."""
    paragraphs = ["\n".join(run) for run in _paragraphs(lines)]
    asked = [at for at, text in enumerate(paragraphs) if plain(text).rstrip('”" ').endswith("?")]
    gaps = [after - before for before, after in zip(asked, asked[1:], strict=False)]
    if len(asked) < 3 or not all(gap > 1 for gap in gaps) or sum(gaps) > 3 * len(gaps):
        return None
    kinds = [QUESTION if at in asked else ANSWER for at in range(len(paragraphs))]
    return _unlabelled(paragraphs, kinds, asked[0], LOW)


def _unlabelled(paragraphs, kinds, first, confidence):
    """A transcript of paragraphs and their kinds; neighbours of one kind are one turn."""
    end = len(paragraphs)
    while end > first + 2 and is_afterword(paragraphs[end - 1]) and kinds[end - 1] == ANSWER:
        end -= 1
    turns = []
    for kind, text in zip(kinds[first:end], paragraphs[first:end], strict=True):
        if is_direction(text):
            turns.append(SpokenTurn(DIRECTION, "", text))
        elif turns and turns[-1].kind == kind:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n\n{text}")
        else:
            turns.append(SpokenTurn(kind, "", text))
    return Transcript(confidence, "\n\n".join(paragraphs[:first]), turns, "\n\n".join(paragraphs[end:]), [])
