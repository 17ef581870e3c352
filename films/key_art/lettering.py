"""The title on key art, drawn from traced letters, so that it looks the same in every browser."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

MAX_LINE_LENGTH = 11  # characters before a new line begins; more for a long title
# Advance width in thousandths of the type size, and SVG path, of each letter.
type Letters = Mapping[str, tuple[int, str]]


@cache
def _letters() -> Letters:
    return json.loads((Path(__file__).parent.parent / "lettering.json").read_text())


def _lines(title: str) -> list[str]:
    """The title in lines for a poster: no word is cut, short words share a line."""
    lines = [""]
    for word in title.upper().split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > max(MAX_LINE_LENGTH, len(title) ** 0.5 * 2.6):
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def draw_title(title: str, ink: str, width: int, height: int) -> str:
    """The title in SVG, as large as fits its panel. Lines with untraced letters use the browser's font."""
    lines, letters = _lines(title), _letters()
    max_width, max_height = width * 0.86, height * 0.27
    widest = max(sum(letters.get(c, (900, ""))[0] for c in line) for line in lines) or 1
    size = min(max_width / widest * 1000, max_height / len(lines) / 1.12, width * 0.2)
    top = height * 0.84 - len(lines) * size * 1.12 / 2 + size * 0.98
    return "".join(
        _line(text, letters, size, (width * 0.07, top + number * size * 1.12), ink)
        for number, text in enumerate(lines)
    )


def _line(text: str, letters: Letters, size: float, position: tuple[float, float], ink: str) -> str:
    x, y = position
    if not all(character in letters for character in text):
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-weight="700" '
            f'font-size="{size * 0.8:.1f}" fill="{ink}">{escape(text)}</text>'
        )
    traced, advance = [], 0
    for character in text:
        letter_width, outline = letters[character]
        traced.append(f'<path transform="translate({advance})" d="{outline}"/>' if outline else "")
        advance += letter_width
    return (
        f'<g fill="{ink}" transform="translate({x:.1f} {y:.1f}) scale({size / 1000:.4f})">'
        f"{''.join(traced)}</g>"
    )
