"""
Key art for a film without a poster: flat shapes and the title, in the manner of a mid-century poster.

The title and year choose everything, so a film looks the same on every page and every day.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

# Ground, first, second and third colour; then the title's panel and its letters (contrast 4.5:1 or more).
PALETTES = [
    ("#d8472b", "#14110f", "#f6f0e4", "#ffb238", "#14110f", "#f6f0e4"),
    ("#1f4e5f", "#f2b134", "#f6f0e4", "#ed553b", "#f6f0e4", "#163844"),
    ("#2b2d42", "#ef233c", "#edf2f4", "#8d99ae", "#edf2f4", "#2b2d42"),
    ("#f0a202", "#202c39", "#f2e9da", "#d95d39", "#202c39", "#f2e9da"),
    ("#3a5a40", "#dad7cd", "#14110f", "#e07a5f", "#14110f", "#dad7cd"),
    ("#6d213c", "#f4d58d", "#14110f", "#d1495b", "#f4d58d", "#4d1229"),
    ("#0b4f6c", "#fbfbff", "#14110f", "#f7b267", "#f7b267", "#14110f"),
    ("#e8dcc4", "#14110f", "#b3261e", "#3d5a6c", "#b3261e", "#fff8ec"),
]
MAX_LINE_LENGTH = 11  # characters, before a title's next line
POSTER_SIZE, BACKDROP_SIZE = (400, 600), (1280, 720)


class SeededRandom:
    """Random numbers seeded by a text: the same text, the same numbers."""

    def __init__(self, text):
        self.digest = hashlib.sha256(text.encode()).digest()
        self.bytes_used = 0

    def uniform(self, low, high):
        """The next number between `low` and `high`."""
        byte = self.digest[self.bytes_used % len(self.digest)]
        self.bytes_used += 1
        return low + byte / 255 * (high - low)

    def choice(self, choices):
        return choices[min(int(self.uniform(0, len(choices))), len(choices) - 1)]


def key_art(title, year=None):
    """A poster as an SVG document, 2 by 3, with the title in it."""
    width, height = POSTER_SIZE
    palette, shapes = _scene(title, year, width, height * 0.68)
    panel, ink = palette[4:]
    return _document(
        title,
        POSTER_SIZE,
        f'<rect width="{width}" height="{height}" fill="{palette[0]}"/>{shapes}'
        f'<rect y="{height * 0.68:.0f}" width="{width}" height="{height * 0.32:.0f}" fill="{panel}"/>'
        f"{_lettering(title, ink, width, height)}",
    )


def backdrop(title, year=None):
    """The same scene without letters, 16 by 9, for a place that prints the title itself."""
    palette, shapes = _scene(title, year, *BACKDROP_SIZE)
    return _document(
        title,
        BACKDROP_SIZE,
        f'<rect width="{BACKDROP_SIZE[0]}" height="{BACKDROP_SIZE[1]}" fill="{palette[0]}"/>{shapes}',
    )


def _document(title, size, content):
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label={quoteattr(title)}>{content}</svg>'
    )


def _scene(title, year, width, height):
    random = SeededRandom(f"{title} {year}")
    palette = random.choice(PALETTES)
    motif = random.choice([_target, _beams, _shingles, _hills, _curtain, _eclipse, _stairs, _window])
    shapes = "".join(motif(random, palette, width, height))
    return palette, f'<svg width="{width:.0f}" height="{height:.0f}">{shapes}</svg>'


def _target(random, palette, width, height):
    x, y = width * random.uniform(0.3, 0.7), height * random.uniform(0.4, 0.6)
    for ring in range(7):
        radius = (7 - ring) * min(width, height) * 0.095
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{palette[1 + ring % 2]}"/>'


def _beams(random, palette, width, height):
    x, y = width * random.uniform(0.35, 0.65), height * 0.66
    for beam in range(9):
        left = width * (beam * 0.25 - 0.55)
        colour = palette[1 if beam % 2 else 3]
        yield (f'<path d="M{x:.0f} {y:.0f}L{left:.0f} 0h{width * 0.12:.0f}Z" fill="{colour}"/>')
    yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{min(width, height) * 0.17:.0f}" fill="{palette[2]}"/>'


def _shingles(random, palette, width, height):
    for row in range(7):
        left, bar_width = width * random.uniform(-0.05, 0.5), width * random.uniform(0.3, 0.7)
        yield (
            f'<rect x="{left:.0f}" y="{height * (0.08 + row * 0.125):.0f}" width="{bar_width:.0f}" '
            f'height="{height * 0.085:.0f}" fill="{palette[1 + row % 3]}" '
            f'transform="rotate({random.uniform(-6, 6):.1f} {width / 2:.0f} {height / 2:.0f})"/>'
        )


def _hills(random, palette, width, height):
    yield (
        f'<circle cx="{width * random.uniform(0.2, 0.8):.0f}" cy="{height * 0.26:.0f}" '
        f'r="{min(width, height) * random.uniform(0.12, 0.2):.0f}" fill="{palette[3]}"/>'
    )
    for layer, colour in enumerate((palette[1], palette[2])):
        base = height * (0.62 + layer * 0.18)
        swing = height * random.uniform(0.12, 0.3)
        yield (
            f'<path d="M0 {base:.0f}Q{width * 0.28:.0f} {base - swing:.0f} {width * 0.55:.0f} '
            f'{base:.0f}T{width:.0f} {base - swing * 0.4:.0f}V{height:.0f}H0Z" fill="{colour}"/>'
        )


def _curtain(random, palette, width, height):
    for fold in range(9):
        yield (
            f'<rect x="{width * fold / 9:.0f}" width="{width / 18 + 1:.0f}" '
            f'height="{height * random.uniform(0.35, 0.95):.0f}" fill="{palette[1 if fold % 2 else 3]}"/>'
        )
    x, y, side = width * random.uniform(0.3, 0.7), height * 0.55, min(width, height) * 0.3
    yield f'<path d="M{x:.0f} {y:.0f}l{side:.0f} {side * 1.4:.0f}h-{side * 2:.0f}Z" fill="{palette[2]}"/>'


def _eclipse(random, palette, width, height):
    yield f'<path d="M0 0H{width:.0f}V{height * 0.42:.0f}L0 {height * 0.86:.0f}Z" fill="{palette[1]}"/>'
    x, y, r = width * random.uniform(0.35, 0.65), height * 0.46, min(width, height) * 0.28
    yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{palette[2]}"/>'
    shift = r * random.uniform(0.25, 0.5)
    yield f'<circle cx="{x + shift:.0f}" cy="{y - shift * 0.5:.0f}" r="{r * 0.84:.0f}" fill="{palette[0]}"/>'


def _stairs(random, palette, width, height):
    steps = 6
    for step in range(steps):
        top = height * (0.25 + step * 0.125)
        yield (
            f'<rect x="{width * step / steps:.0f}" y="{top:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" fill="{palette[1 + step % 3]}"/>'
        )
    radius = min(width, height) * random.uniform(0.07, 0.12)
    yield f'<circle cx="{width * 0.72:.0f}" cy="{height * 0.2:.0f}" r="{radius:.0f}" fill="{palette[2]}"/>'


def _window(random, palette, width, height):
    lit = {(int(random.uniform(0, 3.99)), int(random.uniform(0, 4.99))) for _ in range(6)}
    across, down = width / 4, height / 5
    for column in range(4):
        for row in range(5):
            colour = palette[3] if (column, row) in lit else palette[1]
            yield (
                f'<rect x="{column * across + across * 0.14:.0f}" y="{row * down + down * 0.14:.0f}" '
                f'width="{across * 0.72:.0f}" height="{down * 0.72:.0f}" fill="{colour}"/>'
            )


@cache
def _letters():
    return json.loads((Path(__file__).parent / "lettering.json").read_text())


def _lines(title):
    """The title in lines that look like a poster's: never a word cut, short words kept together."""
    lines = [""]
    for word in title.upper().split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > max(MAX_LINE_LENGTH, len(title) ** 0.5 * 2.6):
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _lettering(title, ink, width, height):
    """The title on its panel, as large as fits; unknown letters in the reader's own face."""
    lines, letters = _lines(title), _letters()
    max_width, max_height = width * 0.86, height * 0.27
    widest = max(sum(letters.get(c, [900])[0] for c in line) for line in lines) or 1
    size = min(max_width / widest * 1000, max_height / len(lines) / 1.12, width * 0.2)
    top = height * 0.84 - len(lines) * size * 1.12 / 2 + size * 0.98
    return "".join(
        _line(text, letters, size, (width * 0.07, top + number * size * 1.12), ink)
        for number, text in enumerate(lines)
    )


def _line(text, letters, size, position, ink):
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
