"""
Transcripts as they arrive, brought to plain paragraphs: text, Markdown, simple HTML, WebVTT, SRT.

Emphasis survives as private characters: a paragraph may carry BOLD and ITALIC spans, which the
parser reads and `plain` takes out. Nothing a reader could have read is dropped on the way.
"""

import re
from html.parser import HTMLParser

BOLD, UNBOLD, ITALIC, UNITALIC = "\ue000", "\ue001", "\ue002", "\ue003"
MARKS = re.compile("[\ue000-\ue003]")
TIMING = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d+\s*-->")
HTML = re.compile(r"<(?:p|br|div|html|body|li)\b[^>]*>|<(b|strong)\b[^>]*>.*?</\1>", re.I | re.S)
VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
CUE_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt)(?:[.\s][^>]*)?>|<\d[\d:.]*>")
BLOCKS = set(
    (
        "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article header footer dt dd hr "
        "figcaption"
    ).split()
)
UNREAD = {"script", "style", "template", "title"}
EMPHASIS = {
    "b": (BOLD, UNBOLD),
    "strong": (BOLD, UNBOLD),
    "i": (ITALIC, UNITALIC),
    "em": (ITALIC, UNITALIC),
}
MARKDOWN = [
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), rf"{BOLD}\2{UNBOLD}"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), rf"{ITALIC}\1{UNITALIC}"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])"), rf"{ITALIC}\1{UNITALIC}"),
    (re.compile(r"^\s{0,3}#{1,6}\s+(?=\S)"), ""),
    (re.compile(r"^\s{0,3}>\s?"), ""),
]


def decoded(data):
    """The text of a file: UTF-8 or UTF-16 by its mark, else Windows-1252; NULs are dropped."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16" if wide else "utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads every byte")  # pragma: no cover


def lines_of(text):
    """The text as lines; an empty one between paragraphs."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("WEBVTT") or any(TIMING.match(line) for line in text.split("\n")[:12]):
        return _cue_lines(text)
    if HTML.search(text):
        return _html_lines(text)
    return [_marked(line) for line in text.split("\n")]


def plain(text):
    """`text` without its emphasis marks."""
    return MARKS.sub("", text)


def _marked(line):
    for written, mark in MARKDOWN:
        line = written.sub(mark, line)
    return line.rstrip()


def _cue_lines(text):
    """Subtitles: a line "Name: words" where a voice speaks, bare words where it goes on."""
    lines = []
    for block in re.split(r"\n[ \t]*\n", text):
        rows = block.strip("\n").split("\n")
        if re.match(r"(WEBVTT|NOTE|STYLE|REGION)\b", rows[0]) and not any(map(TIMING.match, rows)):
            continue
        timed = next((at for at, row in enumerate(rows) if TIMING.match(row)), None)
        lines += _spoken(rows if timed is None else rows[timed + 1 :])
    return lines


def _spoken(rows):
    text = VOICE.sub(r"\n\1: ", "\n".join(rows))
    return [CUE_TAG.sub("", row).strip() for row in text.split("\n") if CUE_TAG.sub("", row).strip()]


class _Page(HTMLParser):
    """Collects what a page shows, a line per block."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.unread = [""], 0

    def handle_starttag(self, tag, attrs):
        if tag in UNREAD:
            self.unread += 1
        elif tag in EMPHASIS:
            self.lines[-1] += EMPHASIS[tag][0]
        elif tag in BLOCKS:
            self.lines += [""] if tag == "br" else ["", ""]

    def handle_endtag(self, tag):
        if tag in UNREAD:
            self.unread = max(self.unread - 1, 0)
        elif tag in EMPHASIS:
            self.lines[-1] += EMPHASIS[tag][1]
        elif tag in BLOCKS:
            self.lines += ["", ""]
        elif tag in ("td", "th"):
            self.lines[-1] += " "

    def handle_data(self, data):
        if not self.unread:
            self.lines[-1] += re.sub(r"\s+", " ", data)


def _html_lines(text):
    page = _Page()
    page.feed(text)
    page.close()
    return [line.strip() for line in page.lines]
