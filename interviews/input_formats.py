"""
Converts transcripts to lines of plain text: from text, Markdown, simple HTML, WebVTT and SRT.

Bold and italic spans are kept as marks, which are characters of Unicode's private use area. The parser reads
them, and `strip_emphasis` removes them. All visible text is kept.
"""

import re
from html.parser import HTMLParser

BOLD_START, BOLD_END, ITALIC_START, ITALIC_END = "\ue000", "\ue001", "\ue002", "\ue003"
EMPHASIS_MARKS = re.compile("[\ue000-\ue003]")
CUE_TIMING = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d+\s*-->")
HTML_TAG = re.compile(r"<(?:p|br|div|html|body|li)\b[^>]*>|<(b|strong)\b[^>]*>.*?</\1>", re.I | re.S)
VOICE_TAG = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
CUE_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt)(?:[.\s][^>]*)?>|<\d[\d:.]*>")
BLOCK_TAGS = set(
    (
        "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article header footer dt dd hr "
        "figcaption"
    ).split()
)
SKIPPED_TAGS = {"script", "style", "template", "title"}
EMPHASIS_TAGS = {
    "b": (BOLD_START, BOLD_END),
    "strong": (BOLD_START, BOLD_END),
    "i": (ITALIC_START, ITALIC_END),
    "em": (ITALIC_START, ITALIC_END),
}
MARKDOWN = [
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), rf"{BOLD_START}\2{BOLD_END}"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), rf"{ITALIC_START}\1{ITALIC_END}"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])"), rf"{ITALIC_START}\1{ITALIC_END}"),
    (re.compile(r"^\s{0,3}#{1,6}\s+(?=\S)"), ""),
    (re.compile(r"^\s{0,3}>\s?"), ""),
]


def decode_text(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with a byte order mark), Windows-1252 or Latin-1, without NULs."""
    is_utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16" if is_utf16 else "utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads every byte")  # pragma: no cover


def extract_lines(text: str) -> list[str]:
    """The text as lines with emphasis marks; an empty line separates paragraphs."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("WEBVTT") or any(CUE_TIMING.match(line) for line in text.split("\n")[:12]):
        return _cue_lines(text)
    if HTML_TAG.search(text):
        return _html_lines(text)
    return [_mark_emphasis(line) for line in text.split("\n")]


def strip_emphasis(text: str) -> str:
    """`text` without its emphasis marks."""
    return EMPHASIS_MARKS.sub("", text)


def _mark_emphasis(line: str) -> str:
    for pattern, replacement in MARKDOWN:
        line = pattern.sub(replacement, line)
    return line.rstrip()


def _cue_lines(text: str) -> list[str]:
    """The lines of subtitles: "Name: words" where the speaker is named, only the words where not."""
    lines = []
    for block in re.split(r"\n[ \t]*\n", text):
        block_lines = block.strip("\n").split("\n")
        if re.match(r"(WEBVTT|NOTE|STYLE|REGION)\b", block_lines[0]) and not any(
            map(CUE_TIMING.match, block_lines)
        ):
            continue
        timing_line = next((index for index, line in enumerate(block_lines) if CUE_TIMING.match(line)), None)
        lines += _spoken_lines(block_lines if timing_line is None else block_lines[timing_line + 1 :])
    return lines


def _spoken_lines(block_lines: list[str]) -> list[str]:
    text = VOICE_TAG.sub(r"\n\1: ", "\n".join(block_lines))
    return [CUE_TAG.sub("", line).strip() for line in text.split("\n") if CUE_TAG.sub("", line).strip()]


class _LineCollector(HTMLParser):
    """Collects the visible text of an HTML page, one line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines, self.skipped_depth = [""], 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED_TAGS:
            self.skipped_depth += 1
        elif tag in EMPHASIS_TAGS:
            self.lines[-1] += EMPHASIS_TAGS[tag][0]
        elif tag in BLOCK_TAGS:
            self.lines += [""] if tag == "br" else ["", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED_TAGS:
            self.skipped_depth = max(self.skipped_depth - 1, 0)
        elif tag in EMPHASIS_TAGS:
            self.lines[-1] += EMPHASIS_TAGS[tag][1]
        elif tag in BLOCK_TAGS:
            self.lines += ["", ""]
        elif tag in ("td", "th"):
            self.lines[-1] += " "

    def handle_data(self, data: str) -> None:
        if not self.skipped_depth:
            self.lines[-1] += re.sub(r"\s+", " ", data)


def _html_lines(text: str) -> list[str]:
    collector = _LineCollector()
    collector.feed(text)
    collector.close()
    return [line.strip() for line in collector.lines]
