"""Decodes a file whose encoding may differ from line to line, and empties lines that are too long."""

import re

LONGEST_LINE = 100_000  # characters; no question is that long


def decoded(data: bytes) -> str:
    """Decode `data`: UTF-16 if a byte order mark or many NULs say so, else each line as UTF-8 or cp1252."""
    codec = _utf16_codec(data)
    if codec:
        text = data.decode(codec, "replace")
    else:
        text = "\n".join(
            _decoded_line(each) for each in re.split(rb"\r\n|\r|\n", data.removeprefix(b"\xef\xbb\xbf"))
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")


def blank_long_lines(text: str) -> tuple[str, list[int]]:
    """Return (`text` with each overlong line emptied, the numbers of these lines, counted from 1)."""
    lines = text.split("\n")
    long_lines = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
    for number in long_lines:
        lines[number - 1] = ""
    return "\n".join(lines), long_lines


def _utf16_codec(data: bytes) -> str | None:
    """The name of the UTF-16 codec of `data`; None if it is not UTF-16."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    start = data[:200]
    odd, even = start[1::2].count(0), start[::2].count(0)
    if max(odd, even) * 3 > len(start):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _decoded_line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
