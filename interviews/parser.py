"""
A pasted interview, brought into turns. Deterministic; no word is lost and none is invented.

Everything before the first turn is `intro`, everything after the last `outro`, so that the words
of intro, turns, outro and labels together are the words that came in. Byline, photo credits and
headline are found in the intro and stay in it; `interviews.intro_outro` takes it apart for the page.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from interviews.input_formats import BOLD_END, BOLD_START, extract_lines, strip_emphasis
from interviews.intro_outro import is_afterword, split_intro
from interviews.labels import (
    ANSWERING_LABELS,
    ASKING_LABELS,
    LABELS_WITHOUT_NAME,
    is_stage_direction,
    names_that_speak,
    read_label,
    split_at_labels,
)

QUESTION, ANSWER, DIRECTION = "question", "answer", "direction"
HIGH, LOW = "high", "low"


class TranscriptNotFound(Exception):
    """A text in which nobody can be told from anybody; the message says what was looked for."""


@dataclass(frozen=True)
class ParsedTurn:
    """One turn; `text` may have several paragraphs and carry emphasis marks."""

    kind: str
    speaker: str
    text: str


@dataclass(frozen=True)
class ParsedTranscript:
    """What was understood of a text, and how surely."""

    confidence: str
    intro: str
    turns: list
    outro: str
    speakers: list
    labels: list = field(default_factory=list)

    @property
    def intro_parts(self):
        return split_intro(self.intro)

    def as_dict(self):
        """The parse for programs, without emphasis."""
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


def parse(text):
    """The `ParsedTranscript` in `text` (text, Markdown, HTML, WebVTT or SRT); raises `TranscriptNotFound`."""
    lines = split_at_labels(extract_lines(text))
    names = names_that_speak(lines)
    transcript = _parse_labelled(lines, names) if names else None
    transcript = transcript or _parse_bold_questions(lines) or _parse_alternating(lines)
    if transcript is None:
        raise TranscriptNotFound(
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


def _parse_labelled(lines, names):
    """The reading of a text whose turns carry labels."""
    intro_paragraphs, turns, labels = [], [], []
    for paragraph in _paragraphs(lines):
        starts_paragraph = True
        for line in paragraph:
            label = read_label(line)
            if label and label.name.casefold() in names:
                labels.append(label.raw)
                turns.append([label.name, [[label.rest]] if label.rest else []])
            elif not turns:
                _add_line(intro_paragraphs, line, starts_paragraph)
            else:
                _add_line(turns[-1][1], line, starts_paragraph)
            starts_paragraph = False
    if len(turns) < 2:
        return None
    outro = _pop_outro(turns)
    kinds = _kinds_by_name(turns)
    parsed_turns = [
        turn for name, paragraphs in turns for turn in _split_turns(name, kinds[name.casefold()], paragraphs)
    ]
    kinds_found = {turn.kind for turn in parsed_turns}
    speakers = list(dict.fromkeys(turn.speaker for turn in parsed_turns if turn.speaker))
    return ParsedTranscript(
        confidence=HIGH if {QUESTION, ANSWER} <= kinds_found else LOW,
        intro=_join_paragraphs(intro_paragraphs),
        turns=parsed_turns,
        outro=_join_paragraphs(outro),
        speakers=speakers,
        labels=labels,
    )


def _add_line(paragraphs, line, starts_paragraph):
    """Add a line: to the paragraph it stands in, or as a new one."""
    if starts_paragraph or not paragraphs:
        paragraphs.append([line])
    else:
        paragraphs[-1].append(line)


def _join_paragraphs(paragraphs):
    return "\n\n".join("\n".join(lines) for lines in paragraphs)


def _pop_outro(turns):
    """Take from the last turn the paragraphs that nobody speaks any more."""
    paragraphs = turns[-1][1]
    has_long_turns = any(len(parts) > 1 for _, parts in turns[:-1])
    for index in range(1, len(paragraphs)):
        if not has_long_turns or is_afterword(" ".join(paragraphs[index])):
            outro = paragraphs[index:]
            del paragraphs[index:]
            return outro
    return []


def _kinds_by_name(turns):
    """Whether each name asks or answers, from its label or from how often it asks."""
    has_question_mark = defaultdict(list)
    for name, paragraphs in turns:
        has_question_mark[name.casefold()].append(
            "?" in " ".join(line for lines in paragraphs for line in lines)
        )
    kinds = {name: QUESTION for name in has_question_mark if name in ASKING_LABELS}
    kinds |= {name: ANSWER for name in has_question_mark if name in ANSWERING_LABELS}
    question_shares = {
        name: sum(marks) / len(marks) for name, marks in has_question_mark.items() if name not in kinds
    }
    if QUESTION in kinds.values():
        return kinds | dict.fromkeys(question_shares, ANSWER)
    highest_share = max(question_shares.values(), default=0)
    askers = {name for name, share in question_shares.items() if share == highest_share or share > 0.6}
    first = next((name for name in question_shares if name in askers), None)
    if askers == set(question_shares):
        askers = {first}
    return kinds | {name: QUESTION if name in askers else ANSWER for name in question_shares}


def _split_turns(name, kind, paragraphs):
    """The turns of one label: its words, and a stage direction between them as a turn apart."""
    speaker = "" if name.casefold() in LABELS_WITHOUT_NAME else name
    spoken_paragraphs = []
    for lines in paragraphs:
        text = "\n".join(lines)
        if is_stage_direction(text):
            yield from _join_turn(kind, speaker, spoken_paragraphs)
            yield ParsedTurn(DIRECTION, "", text)
            spoken_paragraphs = []
        else:
            spoken_paragraphs.append(text)
    yield from _join_turn(kind, speaker, spoken_paragraphs)


def _join_turn(kind, speaker, spoken_paragraphs):
    if spoken_paragraphs:
        yield ParsedTurn(kind, speaker, "\n\n".join(spoken_paragraphs))


def _parse_bold_questions(lines):
    """The reading of a text whose questions are set in bold and whose answers are not."""
    bold_lines_apart = [part for line in lines for part in (["", line, ""] if _is_bold(line) else [line])]
    paragraphs = ["\n".join(run) for run in _paragraphs(bold_lines_apart)]
    question_indexes = [index for index, text in enumerate(paragraphs) if _is_bold(text) and "?" in text]
    if len(question_indexes) < 2:
        return None
    kinds = [QUESTION if _is_bold(text) else ANSWER for text in paragraphs]
    return _build_unlabelled(paragraphs, kinds, question_indexes[0], HIGH)


def _is_bold(text):
    return text.strip().startswith(BOLD_START) and text.strip().endswith(BOLD_END)


def _parse_alternating(lines):
    """The reading of a text in which question and answer just take turns: for an editor to confirm."""
    paragraphs = ["\n".join(run) for run in _paragraphs(lines)]
    question_indexes = [
        index for index, text in enumerate(paragraphs) if strip_emphasis(text).rstrip('”" ').endswith("?")
    ]
    gaps = [after - before for before, after in zip(question_indexes, question_indexes[1:], strict=False)]
    if len(question_indexes) < 3 or not all(gap > 1 for gap in gaps) or sum(gaps) > 3 * len(gaps):
        return None
    kinds = [QUESTION if index in question_indexes else ANSWER for index in range(len(paragraphs))]
    return _build_unlabelled(paragraphs, kinds, question_indexes[0], LOW)


def _build_unlabelled(paragraphs, kinds, first, confidence):
    """A transcript of paragraphs and their kinds; neighbours of one kind are one turn."""
    end = len(paragraphs)
    while end > first + 2 and is_afterword(paragraphs[end - 1]) and kinds[end - 1] == ANSWER:
        end -= 1
    turns = []
    for kind, text in zip(kinds[first:end], paragraphs[first:end], strict=True):
        if is_stage_direction(text):
            turns.append(ParsedTurn(DIRECTION, "", text))
        elif turns and turns[-1].kind == kind:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n\n{text}")
        else:
            turns.append(ParsedTurn(kind, "", text))
    return ParsedTranscript(
        confidence, "\n\n".join(paragraphs[:first]), turns, "\n\n".join(paragraphs[end:]), []
    )
