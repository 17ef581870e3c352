"""
Who speaks: reading the label a transcript puts before a turn.

    (Q):   (A-Faris):   Q-2:   **DP:**   ANNA FARIS:   Corinne :   [00:12:03] Interviewer:   Faris –

A label is believed when it is one of the customary words, or comes back; never because a colon
stands somewhere. Film titles, clock times and "Note:" are not speakers.
"""

import re
from collections import Counter
from typing import NamedTuple

from interviews.sources import BOLD, ITALIC, UNBOLD, UNITALIC, plain

ASKING = {
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
ANSWERING = {"a", "answer", "all", "both", "interviewee"}
NAMELESS = {"q", "a", "question", "answer"}
NEVER = set(
    (
        "note notes spoiler spoilers warning update photo photos photographs credit credits by source "
        "sources ps re tags posted filed rating rated starring cast director directors runtime genre "
        "copyright http https mailto follow subscribe related editor's-note also verdict synopsis grade "
        "date place"
    ).split()
)
# Words that begin a sentence and a dash or colon may follow.
PRONOUNS = set("i it he she we you they but and so well yes no oh that this there then what now".split())
TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*)?"
STYLE = f"{BOLD}{UNBOLD}{ITALIC}{UNITALIC}"
NAME = r"[^\W\d_][\w.'’&\-]*(?:[ \-]{1,2}[\w.'’&\-]+){0,3}"
LABEL = re.compile(
    rf"^\s*(?P<label>[{STYLE}]*{TIME}[{STYLE}]*(?:(?P<open>[(\[])\s*)?(?P<name>{NAME})\s*"
    rf"(?P<close>[)\]])?[{STYLE}]*\s*(?P<mark>[:：]|(?<=\s)[–—-](?=\s))?[{STYLE}]*)(?P<rest>.*)$",
    re.S,
)
# "Q. Why?" counts when it comes back: a line may also begin with "A. Hitchcock".
DOTTED = re.compile(
    rf"^\s*(?P<label>[{STYLE}]*(?P<name>[QqAa])\s?\d{{0,3}}[.)][{STYLE}]*)(?P<rest>\s.*)$", re.S
)
ANSWER_BY = re.compile(r"^(?:a|answer)\s*-\s*(?P<name>[^\W\d].*)$", re.I)
NUMBERED = re.compile(r"^(?P<name>q|a|question|answer)[\s.\-#]*\d{0,3}$", re.I)


class Label(NamedTuple):
    """A label as it stands (`raw`), whose it is (`name`), and the words after it."""

    raw: str
    name: str
    rest: str
    sure: bool


def read_label(line):
    """The label a line may begin with, or None. It is yet to be believed."""
    dotted = DOTTED.match(line)
    if dotted:
        return Label(dotted["label"], dotted["name"].upper(), dotted["rest"].lstrip(), sure=False)
    found = LABEL.match(line)
    if not found or not (found["mark"] or (found["open"] and found["close"])):
        return None
    if bool(found["open"]) != bool(found["close"]):
        return None
    name, sure = _whose(" ".join(found["name"].split()))
    dashed = found["mark"] in ("–", "—", "-")
    words = name.casefold().replace(" ", "-")
    if words in NEVER or words in PRONOUNS or len(name.split()) > 3 or (dashed and name.islower()):
        return None
    if found["open"] == "[" and not found["mark"] and not sure:
        return None  # a stage direction, unless it comes back as a speaker with a colon
    return Label(found["label"], name, found["rest"].lstrip(), sure)


def _whose(name):
    """The speaker a label names, and whether it is a customary label."""
    answer, numbered = ANSWER_BY.match(name), NUMBERED.match(name)
    if answer:
        return answer["name"].strip(), True
    if numbered:
        return numbered["name"].upper(), True
    return name, name.casefold() in ASKING | ANSWERING


def believed(lines):
    """The names that speak in these lines: customary ones, those that come back, those introduced."""
    labels = [(at, label) for at, line in enumerate(lines) if (label := read_label(line))]
    times = Counter(label.name.casefold() for _, label in labels)
    names = {name for name, count in times.items() if count > 1}
    names |= {label.name.casefold() for _, label in labels if label.sure}
    if not names:
        return set()
    first = next(at for at, label in labels if label.name.casefold() in names)
    return names | _introduced(labels, plain("\n".join(lines[:first])))


def _introduced(labels, intro):
    """Those who speak once only, but whom the introduction names in full: "Ife Okafor" for Okafor."""
    return {
        label.name.casefold()
        for _, label in labels
        if re.search(rf"\b[A-Z][\w.'’\-]+ {re.escape(label.name)}\b", intro)
        or (" " in label.name and label.name in intro)
    }


def broken_at_labels(lines):
    """Lines in which labels stand in the middle ("Q: … A: …") as one line a turn."""
    text = "\n".join(lines)
    inside = re.compile(r"(?<=[.?!…”\")])[ \t]+(?=((?:[A-Z][\w.'’]*)(?: [A-Z][\w.'’]*){0,2})\s?:\s)")
    times = Counter(match[1].casefold() for match in inside.finditer(text))
    starting = Counter(label.name.casefold() for line in lines if (label := read_label(line)))
    known = {
        name for name, count in times.items() if count + starting[name] > 1 or name in ASKING | ANSWERING
    }
    if len(known) < 2 or sum(starting[name] for name in known) > sum(times.values()):
        return lines
    split = inside.sub(lambda match: "\n" if match[1].casefold() in known else match[0], text)
    return split.split("\n")


def is_direction(text):
    """Whether a paragraph is a stage direction and nothing else: [laughs], (Laughter)."""
    bare = plain(text).strip()
    return bool(re.fullmatch(r"\[[^\[\]]{1,120}\]|\([^()]{1,60}\)", bare))
