"""
Parses the text of an interview into turns.

The text before the first turn becomes `intro`, the text after the last one `outro`. No word is lost: intro,
labels, turns and outro together contain exactly the words of the input. `interviews.intro_outro` finds the
headline, byline and photo credits in the intro.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from interviews.input_formats import BOLD_END, BOLD_START, extract_lines, strip_emphasis
from interviews.intro_outro import is_afterword
from interviews.labels import (
    ANSWERING_LABELS,
    ASKING_LABELS,
    LABELS_WITHOUT_NAME,
    is_stage_direction,
    names_that_speak,
    read_label,
    split_at_labels,
)
from interviews.transcripts import ANSWER, DIRECTION, HIGH, LOW, QUESTION, ParsedTranscript, ParsedTurn

# The label of a turn and its paragraphs, each a list of lines.
type LabelledTurn = tuple[str, list[list[str]]]


class TranscriptNotFound(Exception):
    """No turns were found in the text. The message tells staff what the parser looked for."""


def parse(text: str) -> ParsedTranscript:
    """Parse an interview from text, Markdown, HTML, WebVTT or SRT. Raises `TranscriptNotFound`."""
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


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """The runs of lines between empty lines."""
    run: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            run.append(line.strip())
        elif run:
            yield run
            run = []


def _parse_labelled(lines: list[str], names: set[str]) -> ParsedTranscript | None:
    """Parse a text whose turns have labels. None if it has fewer than two."""
    intro_paragraphs, turns, labels = _read_labels(lines, names)
    if len(turns) < 2:
        return None
    outro = _pop_outro(turns)
    kinds = _kinds_by_name(turns)
    parsed_turns = [
        turn for name, paragraphs in turns for turn in _split_turns(name, kinds[name.casefold()], paragraphs)
    ]
    kinds_found = {turn.kind for turn in parsed_turns}
    return ParsedTranscript(
        confidence=HIGH if {QUESTION, ANSWER} <= kinds_found else LOW,
        intro=_join_paragraphs(intro_paragraphs),
        turns=parsed_turns,
        outro=_join_paragraphs(outro),
        speakers=list(dict.fromkeys(turn.speaker for turn in parsed_turns if turn.speaker)),
        labels=labels,
    )


def _read_labels(lines: list[str], names: set[str]) -> tuple[list[list[str]], list[LabelledTurn], list[str]]:
    """The paragraphs before the first label, the labelled turns, and the labels as they stand in the text."""
    intro_paragraphs: list[list[str]] = []
    turns: list[LabelledTurn] = []
    labels: list[str] = []
    for paragraph in _paragraphs(lines):
        for index, line in enumerate(paragraph):
            label = read_label(line)
            if label and label.name.casefold() in names:
                labels.append(label.raw)
                turns.append((label.name, [[label.rest]] if label.rest else []))
            else:
                _add_line(turns[-1][1] if turns else intro_paragraphs, line, index == 0)
    return intro_paragraphs, turns, labels


def _add_line(paragraphs: list[list[str]], line: str, starts_paragraph: bool) -> None:
    """Add a line to the last paragraph, or as a new paragraph."""
    if starts_paragraph or not paragraphs:
        paragraphs.append([line])
    else:
        paragraphs[-1].append(line)


def _join_paragraphs(paragraphs: list[list[str]]) -> str:
    return "\n\n".join("\n".join(lines) for lines in paragraphs)


def _pop_outro(turns: list[LabelledTurn]) -> list[list[str]]:
    """Remove the paragraphs after the end of the conversation from the last turn. Returns them."""
    paragraphs = turns[-1][1]
    has_long_turns = any(len(parts) > 1 for _, parts in turns[:-1])
    for index in range(1, len(paragraphs)):
        if not has_long_turns or is_afterword(" ".join(paragraphs[index])):
            outro = paragraphs[index:]
            del paragraphs[index:]
            return outro
    return []


def _kinds_by_name(turns: list[LabelledTurn]) -> dict[str, str]:
    """The kind of each name's turns (question or answer), by label or by the share with a question mark."""
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
    if askers == set(question_shares):
        askers = set(list(question_shares)[:1])  # if all shares are equal, the first speaker asks
    return kinds | {name: QUESTION if name in askers else ANSWER for name in question_shares}


def _split_turns(name: str, kind: str, paragraphs: list[list[str]]) -> Iterator[ParsedTurn]:
    """The turns under one label: a stage direction between the spoken words is a turn of its own."""
    speaker = "" if name.casefold() in LABELS_WITHOUT_NAME else name
    spoken_paragraphs: list[str] = []
    for lines in paragraphs:
        text = "\n".join(lines)
        if is_stage_direction(text):
            yield from _join_turn(kind, speaker, spoken_paragraphs)
            yield ParsedTurn(DIRECTION, "", text)
            spoken_paragraphs = []
        else:
            spoken_paragraphs.append(text)
    yield from _join_turn(kind, speaker, spoken_paragraphs)


def _join_turn(kind: str, speaker: str, spoken_paragraphs: list[str]) -> Iterator[ParsedTurn]:
    if spoken_paragraphs:
        yield ParsedTurn(kind, speaker, "\n\n".join(spoken_paragraphs))


def _parse_bold_questions(lines: list[str]) -> ParsedTranscript | None:
    """Parse a text whose questions are bold and whose answers are not. None if it has fewer than two."""
    bold_lines_apart = [part for line in lines for part in (["", line, ""] if _is_bold(line) else [line])]
    paragraphs = ["\n".join(run) for run in _paragraphs(bold_lines_apart)]
    question_indexes = [index for index, text in enumerate(paragraphs) if _is_bold(text) and "?" in text]
    if len(question_indexes) < 2:
        return None
    kinds = [QUESTION if _is_bold(text) else ANSWER for text in paragraphs]
    return _build_unlabelled(paragraphs, kinds, question_indexes[0], HIGH)


def _is_bold(text: str) -> bool:
    return text.strip().startswith(BOLD_START) and text.strip().endswith(BOLD_END)


def _parse_alternating(lines: list[str]) -> ParsedTranscript | None:
    """
    Parse a text in which paragraphs that end with a question mark alternate with answers.

    The confidence is low: an editor has to confirm it. None if there is no such pattern.
    """
    paragraphs = ["\n".join(run) for run in _paragraphs(lines)]
    question_indexes = [
        index for index, text in enumerate(paragraphs) if strip_emphasis(text).rstrip('”" ').endswith("?")
    ]
    gaps = [after - before for before, after in zip(question_indexes, question_indexes[1:], strict=False)]
    if len(question_indexes) < 3 or not all(gap > 1 for gap in gaps) or sum(gaps) > 3 * len(gaps):
        return None
    kinds = [QUESTION if index in question_indexes else ANSWER for index in range(len(paragraphs))]
    return _build_unlabelled(paragraphs, kinds, question_indexes[0], LOW)


def _build_unlabelled(
    paragraphs: list[str], kinds: list[str], first: int, confidence: str
) -> ParsedTranscript:
    """A transcript of the paragraphs from `first` on; neighbours of one kind become one turn."""
    end = len(paragraphs)
    while end > first + 2 and is_afterword(paragraphs[end - 1]) and kinds[end - 1] == ANSWER:
        end -= 1
    turns: list[ParsedTurn] = []
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
