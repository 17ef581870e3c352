"""Takes apart the text before and after the turns: headline, byline, credits, caption, boilerplate."""

import re
from dataclasses import dataclass

from interviews.input_formats import BOLD_END, BOLD_START, strip_emphasis

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
RIGHTS_LINE = re.compile(r"all rights reserved|©|copyright protected|\(c\) ?\d{4}", re.I)
NAV_SEPARATOR = re.compile(r"\s{2,}|\s*[|•·»]\s*|\t")
CAPTION = re.compile(
    r"(?<=[.!?])\s+(?P<caption>[A-Z][\w'’\-]+ [A-Z][\w'’\-]+ (?:with|and|at|on|in) [^.!?]{4,120})$"
)


ALL_BOLD = re.compile(f"{BOLD_START}[^{BOLD_START}{BOLD_END}]*{BOLD_END}")


@dataclass(frozen=True)
class IntroParts:
    """
    The parts of an intro. `paragraphs` keep their emphasis marks.

    `boilerplate` is the navigation of the old site, which is left out of the page.
    """

    headline: str
    byline: str
    credits: list[str]
    caption: str
    paragraphs: list[str]
    boilerplate: list[str]


def split_intro(intro: str) -> IntroParts:
    """Take apart the text before the first turn."""
    lines = _lines(intro)
    nav_end = max(
        (index for index, line in enumerate(lines) if is_nav_line(strip_emphasis(line))), default=-1
    )
    boilerplate, lines = [strip_emphasis(line) for line in lines[: nav_end + 1]], lines[nav_end + 1 :]
    byline = next((match["name"] for line in lines if (match := BYLINE.match(strip_emphasis(line)))), "")
    credits = [match["name"].strip() for line in lines if (match := CREDIT.match(strip_emphasis(line)))]
    remaining = [
        line
        for line in lines
        if not BYLINE.match(strip_emphasis(line)) and not CREDIT.match(strip_emphasis(line))
    ]
    headline = (
        strip_emphasis(remaining.pop(0))
        if remaining and _is_headline(strip_emphasis(remaining[0]), followed=len(remaining) > 1)
        else ""
    )
    caption = ""
    if remaining and credits and (match := CAPTION.search(remaining[-1])):
        caption, remaining[-1] = match["caption"], remaining[-1][: match.start()]
    return IntroParts(headline, byline, credits, caption, remaining, boilerplate)


def _lines(text: str) -> list[str]:
    """The lines that are not empty. A line that is bold from end to end loses its bold marks."""
    lines = [line.strip() for line in text.split("\n") if strip_emphasis(line).strip()]
    return [line[1:-1] if ALL_BOLD.fullmatch(line) else line for line in lines]


def closing_paragraphs(outro: str) -> list[str]:
    """The paragraphs after the last turn, without the footer of the old site."""
    lines = _lines(outro)
    end = next(
        (index for index, line in enumerate(lines) if RIGHTS_LINE.search(strip_emphasis(line))), len(lines)
    )
    if 0 < end < len(lines) and len(lines[end - 1].split()) < 8:
        end -= 1  # the name and town of the company above the rights line
    return lines[:end]


def is_nav_line(line: str) -> bool:
    """Whether a line is a row of links: six or more short items with separators."""
    items = [item for item in NAV_SEPARATOR.split(line.strip()) if item]
    return len(items) >= 6 and all(len(item) <= 20 for item in items)


def is_afterword(text: str) -> bool:
    """Whether a paragraph after the last label addresses the reader and is not part of the conversation."""
    return bool(AFTERWORD.match(strip_emphasis(text).strip()))


def _is_headline(line: str, *, followed: bool) -> bool:
    return followed and len(line.split()) <= 25 and not line.endswith((".", "!"))
