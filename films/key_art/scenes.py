"""
The scenes of key art: one function for each kind of picture, which yields its shapes as SVG elements.

Each fills `width` by `height` pixels and takes positions and sizes from `random`.
"""

from collections.abc import Callable, Iterator

from films.key_art.colours import Palette, SeededRandom

type Scene = Callable[[SeededRandom, Palette, float, float], Iterator[str]]


def target(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    x, y = width * random.uniform(0.3, 0.7), height * random.uniform(0.4, 0.6)
    for ring in range(7):
        radius = (7 - ring) * min(width, height) * 0.095
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{palette[1 + ring % 2]}"/>'


def beams(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    x, y = width * random.uniform(0.35, 0.65), height * 0.66
    for beam in range(9):
        left = width * (beam * 0.25 - 0.55)
        colour = palette[1 if beam % 2 else 3]
        yield (f'<path d="M{x:.0f} {y:.0f}L{left:.0f} 0h{width * 0.12:.0f}Z" fill="{colour}"/>')
    yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{min(width, height) * 0.17:.0f}" fill="{palette[2]}"/>'


def shingles(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    for row in range(7):
        left, bar_width = width * random.uniform(-0.05, 0.5), width * random.uniform(0.3, 0.7)
        yield (
            f'<rect x="{left:.0f}" y="{height * (0.08 + row * 0.125):.0f}" width="{bar_width:.0f}" '
            f'height="{height * 0.085:.0f}" fill="{palette[1 + row % 3]}" '
            f'transform="rotate({random.uniform(-6, 6):.1f} {width / 2:.0f} {height / 2:.0f})"/>'
        )


def hills(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
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


def curtain(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    for fold in range(9):
        yield (
            f'<rect x="{width * fold / 9:.0f}" width="{width / 18 + 1:.0f}" '
            f'height="{height * random.uniform(0.35, 0.95):.0f}" fill="{palette[1 if fold % 2 else 3]}"/>'
        )
    x, y, side = width * random.uniform(0.3, 0.7), height * 0.55, min(width, height) * 0.3
    yield f'<path d="M{x:.0f} {y:.0f}l{side:.0f} {side * 1.4:.0f}h-{side * 2:.0f}Z" fill="{palette[2]}"/>'


def eclipse(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    yield f'<path d="M0 0H{width:.0f}V{height * 0.42:.0f}L0 {height * 0.86:.0f}Z" fill="{palette[1]}"/>'
    x, y, r = width * random.uniform(0.35, 0.65), height * 0.46, min(width, height) * 0.28
    yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{palette[2]}"/>'
    shift = r * random.uniform(0.25, 0.5)
    yield f'<circle cx="{x + shift:.0f}" cy="{y - shift * 0.5:.0f}" r="{r * 0.84:.0f}" fill="{palette[0]}"/>'


def stairs(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    steps = 6
    for step in range(steps):
        top = height * (0.25 + step * 0.125)
        yield (
            f'<rect x="{width * step / steps:.0f}" y="{top:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" fill="{palette[1 + step % 3]}"/>'
        )
    radius = min(width, height) * random.uniform(0.07, 0.12)
    yield f'<circle cx="{width * 0.72:.0f}" cy="{height * 0.2:.0f}" r="{radius:.0f}" fill="{palette[2]}"/>'


def window(random: SeededRandom, palette: Palette, width: float, height: float) -> Iterator[str]:
    lit = {(int(random.uniform(0, 3.99)), int(random.uniform(0, 4.99))) for _ in range(6)}
    across, down = width / 4, height / 5
    for column in range(4):
        for row in range(5):
            colour = palette[3] if (column, row) in lit else palette[1]
            yield (
                f'<rect x="{column * across + across * 0.14:.0f}" y="{row * down + down * 0.14:.0f}" '
                f'width="{across * 0.72:.0f}" height="{down * 0.72:.0f}" fill="{colour}"/>'
            )


SCENES: list[Scene] = [target, beams, shingles, hills, curtain, eclipse, stairs, window]
