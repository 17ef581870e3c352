"""Fitting text into a drawn picture: the largest type, and line breaks."""

from pathlib import Path

from PIL import ImageFont

from magazine.card_fonts import load_font

MAX_LINES = 4
MAX_HEIGHT = 330  # pixels of all lines together
LINE_HEIGHT = 1.14  # of the type size


def fitted_lines(text: str, path: Path, max_width: float) -> tuple[int, list[str]]:
    """
    The largest type size in which `text` fits, and its lines at that size.

    Text that does not fit even in the smallest type is cut and ends in an ellipsis.
    """
    for size in range(92, 43, -6):
        lines = _wrapped(text, load_font(path, size), max_width)
        if len(lines) <= MAX_LINES and len(lines) * size * LINE_HEIGHT <= MAX_HEIGHT:
            return size, lines
    lines = _wrapped(text, load_font(path, 44), max_width)[:MAX_LINES]
    lines[-1] = f"{lines[-1][:-2].rstrip()}…" if lines else ""
    return 44, lines


def _wrapped(text: str, font: ImageFont.FreeTypeFont, max_width: float) -> list[str]:
    """`text` in lines of at most `max_width` pixels; a word too long for a line is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= max_width:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        while font.getlength(word) > max_width:
            fits = next(at for at in range(len(word), 0, -1) if font.getlength(word[:at]) <= max_width)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines
