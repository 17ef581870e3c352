"""What stands before and after the turns of a pasted interview: headline, byline, credits, furniture."""

import re
from dataclasses import dataclass

from interviews.sources import BOLD, UNBOLD, plain

BYLINE = re.compile(
    r"^(?:words |interview |written |story |text )?by:?\s+(?P<name>[A-Z][\w.'’\-]+(?: [\w.'’\-]+){0,5})$",
    re.I,
)
CREDIT = re.compile(
    r"^(?:photos?|photographs?|pictures?|images?|photography|stills?)\s*"
    r"(?:by|:|courtesy of)\s*:?\s*(?P<name>.+)$",
    re.I,
)
AFTERWORD = re.compile(
    r"^(?:©|for more information|for more|this interview|the interview|interview by|read more|follow |"
    r"you can (?:find|follow|read)|"
    r".{0,80}\b(?:is out (?:now|on)|is in (?:cinemas|theat)|opens (?:on|in|today)|all rights reserved|"
    r"copyright|can be reached|follow (?:her|him|them) on|edited (?:and condensed|for length)))",
    re.I | re.S,
)
RIGHTS = re.compile(r"all rights reserved|©|copyright protected|\(c\) ?\d{4}", re.I)
NAV_GAP = re.compile(r"\s{2,}|\s*[|•·»]\s*|\t")
CAPTION = re.compile(
    r"(?<=[.!?])\s+(?P<caption>[A-Z][\w'’\-]+ [A-Z][\w'’\-]+ (?:with|and|at|on|in) [^.!?]{4,120})$"
)


ALL_BOLD = re.compile(f"{BOLD}[^{BOLD}{UNBOLD}]*{UNBOLD}")


@dataclass(frozen=True)
class Opening:
    """
    The parts of an intro, for the page; paragraphs keep their italics.

    `furniture` is what belonged to the old site's frame.
    """

    headline: str
    byline: str
    credits: list
    caption: str
    paragraphs: list
    furniture: list


def read_opening(intro):
    """The parts of what stands before the first turn."""
    lines = _lines(intro)
    nav = max((at for at, line in enumerate(lines) if is_nav(plain(line))), default=-1)
    furniture, lines = [plain(line) for line in lines[: nav + 1]], lines[nav + 1 :]
    byline = next((found["name"] for line in lines if (found := BYLINE.match(plain(line)))), "")
    credits = [found["name"].strip() for line in lines if (found := CREDIT.match(plain(line)))]
    rest = [line for line in lines if not BYLINE.match(plain(line)) and not CREDIT.match(plain(line))]
    headline = plain(rest.pop(0)) if rest and _is_headline(plain(rest[0]), followed=len(rest) > 1) else ""
    caption = ""
    if rest and credits and (found := CAPTION.search(rest[-1])):
        caption, rest[-1] = found["caption"], rest[-1][: found.start()]
    return Opening(headline, byline, credits, caption, rest, furniture)


def _lines(text):
    """The lines of a text that say something; one that is bold from end to end is only shown as plain."""
    lines = [line.strip() for line in text.split("\n") if plain(line).strip()]
    return [line[1:-1] if ALL_BOLD.fullmatch(line) else line for line in lines]


def closing_paragraphs(outro):
    """The paragraphs of an afterword, without the old site's footer."""
    lines = _lines(outro)
    end = next((at for at, line in enumerate(lines) if RIGHTS.search(plain(line))), len(lines))
    if 0 < end < len(lines) and len(lines[end - 1].split()) < 8:
        end -= 1  # the firm's name and town above the rights line
    return lines[:end]


def is_nav(line):
    """Whether a line is a row of links: six or more short items set apart."""
    items = [item for item in NAV_GAP.split(line.strip()) if item]
    return len(items) >= 6 and all(len(item) <= 20 for item in items)


def is_afterword(text):
    """Whether a paragraph after the last label speaks to the reader, not in the interview."""
    return bool(AFTERWORD.match(plain(text).strip()))


def _is_headline(line, *, followed):
    return followed and len(line.split()) <= 25 and not line.endswith((".", "!"))
