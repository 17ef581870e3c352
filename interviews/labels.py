"""
Recognises the speakers of a transcript by the labels at the beginning of lines, such as these:

    (Q):   (A-Faris):   Q-2:   **DP:**   ANNA FARIS:   Corinne :   [00:12:03] Interviewer:   Faris –

Film titles, times and words such as "Note:" can look like labels too. So a possible label counts as a
speaker only if it is a customary word (such as Q or Interviewer), if it occurs at least twice, or if the text
before the first turn names the person in full.
"""

import re
from collections import Counter
from typing import NamedTuple

from interviews.input_formats import BOLD_END, BOLD_START, ITALIC_END, ITALIC_START, strip_emphasis

ASKING_LABELS = {
    "q",
    "question",
    "interviewer",
    "press",
    "audience",
    "moderator",
    "host",
    "reporter",
    "journalist",
}
ANSWERING_LABELS = {"a", "answer", "all", "both", "interviewee"}
LABELS_WITHOUT_NAME = {"q", "a", "question", "answer"}
WORDS_NEVER_LABELS = set(
    (
        "note notes spoiler spoilers warning update photo photos photographs credit credits by source "
        "sources ps re tags posted filed rating rated starring cast director directors runtime genre "
        "copyright http https mailto follow subscribe related editor's-note also verdict synopsis grade "
        "date place"
    ).split()
)
# Words with which a spoken sentence may begin before a dash or colon, as in "Well – ".
SENTENCE_STARTERS = set(
    "i it he she we you they but and so well yes no oh that this there then what now".split()
)
TIME_CODE = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*)?"
EMPHASIS_MARKS = f"{BOLD_START}{BOLD_END}{ITALIC_START}{ITALIC_END}"
NAME = r"[^\W\d_][\w.'’&\-]*(?:[ \-]{1,2}[\w.'’&\-]+){0,3}"
LABEL = re.compile(
    rf"^\s*(?P<label>[{EMPHASIS_MARKS}]*{TIME_CODE}[{EMPHASIS_MARKS}]*(?:(?P<open>[(\[])\s*)?(?P<name>{NAME})\s*"
    rf"(?P<close>[)\]])?[{EMPHASIS_MARKS}]*\s*(?P<mark>[:：]|(?<=\s)[–—-](?=\s))?[{EMPHASIS_MARKS}]*)(?P<rest>.*)$",
    re.S,
)
# "Q. Why?" counts only if it is repeated: a line may also begin with "A. Hitchcock".
DOTTED_LABEL = re.compile(
    rf"^\s*(?P<label>[{EMPHASIS_MARKS}]*(?P<name>[QqAa])\s?\d{{0,3}}[.)][{EMPHASIS_MARKS}]*)(?P<rest>\s.*)$",
    re.S,
)
ANSWER_LABEL_WITH_NAME = re.compile(r"^(?:a|answer)\s*-\s*(?P<name>[^\W\d].*)$", re.I)
NUMBERED_LABEL = re.compile(r"^(?P<name>q|a|question|answer)[\s.\-#]*\d{0,3}$", re.I)


class Label(NamedTuple):
    """A label as it is in the text (`raw`), the speaker it names, and the words after it (`rest`)."""

    raw: str
    name: str
    rest: str
    is_customary: bool


def read_label(line: str) -> Label | None:
    """The possible label at the beginning of a line, or None. `names_that_speak` decides if it counts."""
    dotted = DOTTED_LABEL.match(line)
    if dotted:
        return Label(dotted["label"], dotted["name"].upper(), dotted["rest"].lstrip(), is_customary=False)
    match = LABEL.match(line)
    if not match or not (match["mark"] or (match["open"] and match["close"])):
        return None
    if bool(match["open"]) != bool(match["close"]):
        return None
    name, is_customary = _speaker_of_label(" ".join(match["name"].split()))
    has_dash = match["mark"] in ("–", "—", "-")
    key = name.casefold().replace(" ", "-")
    if (
        key in WORDS_NEVER_LABELS
        or key in SENTENCE_STARTERS
        or len(name.split()) > 3
        or (has_dash and name.islower())
    ):
        return None
    if match["open"] == "[" and not match["mark"] and not is_customary:
        return None  # a stage direction: a label in brackets must have a colon
    return Label(match["label"], name, match["rest"].lstrip(), is_customary)


def _speaker_of_label(name: str) -> tuple[str, bool]:
    """The speaker that a label names, and whether it is a customary label."""
    answer, numbered = ANSWER_LABEL_WITH_NAME.match(name), NUMBERED_LABEL.match(name)
    if answer:
        return answer["name"].strip(), True
    if numbered:
        return numbered["name"].upper(), True
    return name, name.casefold() in ASKING_LABELS | ANSWERING_LABELS


def names_that_speak(lines: list[str]) -> set[str]:
    """
    The names of the speakers in these lines, in lower case.

    A name counts if its label is customary or occurs at least twice, or if the introduction names the person
    in full.
    """
    labels = [(index, label) for index, line in enumerate(lines) if (label := read_label(line))]
    counts = Counter(label.name.casefold() for _, label in labels)
    names = {name for name, count in counts.items() if count > 1}
    names |= {label.name.casefold() for _, label in labels if label.is_customary}
    if not names:
        return set()
    first = next(index for index, label in labels if label.name.casefold() in names)
    return names | _names_introduced(labels, strip_emphasis("\n".join(lines[:first])))


def _names_introduced(labels: list[tuple[int, Label]], intro: str) -> set[str]:
    """Labels that occur once and whose full name is in the introduction, as "Ife Okafor" for Okafor."""
    return {
        label.name.casefold()
        for _, label in labels
        if re.search(rf"\b[A-Z][\w.'’\-]+ {re.escape(label.name)}\b", intro)
        or (" " in label.name and label.name in intro)
    }


def split_at_labels(lines: list[str]) -> list[str]:
    """Break lines that hold several turns ("Q: … A: …") so that each label begins a line."""
    text = "\n".join(lines)
    label_within_line = re.compile(
        r"(?<=[.?!…”\")])[ \t]+(?=((?:[A-Z][\w.'’]*)(?: [A-Z][\w.'’]*){0,2})\s?:\s)"
    )
    counts = Counter(match[1].casefold() for match in label_within_line.finditer(text))
    line_start_counts = Counter(label.name.casefold() for line in lines if (label := read_label(line)))
    known = {
        name
        for name, count in counts.items()
        if count + line_start_counts[name] > 1 or name in ASKING_LABELS | ANSWERING_LABELS
    }
    if len(known) < 2 or sum(line_start_counts[name] for name in known) > sum(counts.values()):
        return lines
    split = label_within_line.sub(lambda match: "\n" if match[1].casefold() in known else match[0], text)
    return split.split("\n")


def is_stage_direction(text: str) -> bool:
    """Whether a paragraph is only a stage direction, as in [laughs] or (Laughter)."""
    bare = strip_emphasis(text).strip()
    return bool(re.fullmatch(r"\[[^\[\]]{1,120}\]|\([^()]{1,60}\)", bare))
