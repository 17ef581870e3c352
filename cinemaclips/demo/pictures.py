"""Draws the photos of the demo (scenes and portraits), so that it needs no photograph of anybody."""

import io
from math import cos, pi, sin
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1066)
SCALE = 2  # drawn twice as large and brought down, so that edges are smooth


def scene(name: str) -> bytes:
    """A JPEG, as bytes, of the scene called `name` (a key of SCENES)."""
    canvas = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE))
    SCENES[name](ImageDraw.Draw(canvas), *canvas.size)
    picture = canvas.resize(SIZE, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.6))
    return _jpeg(picture)


def portrait(number: int) -> bytes:
    """A JPEG, as bytes, of a head and shoulders in flat colours, which follow from `number`."""
    ground, coat, skin, hair = PORTRAIT_COLOURS[number % len(PORTRAIT_COLOURS)]
    side = 1600
    picture = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((200, 1020, 1400, 2300), fill=coat)
    draw.rounded_rectangle((690, 860, 910, 1160), 90, fill=_mix(skin, "#000000", 0.16))
    draw.ellipse((520, 380 - number * 8 % 40, 1080, 1020), fill=hair)
    draw.ellipse((570, 430, 1030, 1010), fill=skin)
    if number % 2:
        draw.pieslice((540, 390, 1060, 960), 180, 360, fill=hair)
    else:
        draw.chord((540, 380, 1060, 900), 200, 20, fill=hair)
    if number % 3 == 0:
        for left in (620, 830):
            draw.ellipse((left, 640, left + 150, 780), outline="#14110f", width=16)
        draw.line((770, 705, 830, 705), fill="#14110f", width=14)
    return _jpeg(picture.resize((800, 800), Image.Resampling.LANCZOS))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _mix(one: str, other: str, share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))


def _sky(draw: Any, width: int, height: int, top: str, bottom: str) -> None:
    for y in range(height):
        draw.line((0, y, width, y), fill=_mix(top, bottom, y / height))


def _ridge(draw: Any, size: tuple[int, int], base: float, layer: int, colour: str) -> None:
    """Draw a line of dunes or hills across the picture, filled down to the bottom edge."""
    (width, height), phase = size, layer * 1.9
    swing = height * 0.045
    points = [
        (
            x,
            base + swing * (sin(x / width * 3 * pi + phase) + 0.4 * sin(x / width * 7 * pi + phase * 2)),
        )
        for x in range(0, width + 16, 16)
    ]
    draw.polygon([*points, (width, height), (0, height)], fill=colour)


def _desert(draw: Any, width: int, height: int) -> None:
    _sky(draw, width, height, "#24405c", "#f2a65a")
    draw.ellipse((width * 0.62, height * 0.32, width * 0.76, height * 0.53), fill="#ffe0a3")
    for layer, colour in enumerate(("#8d4f3c", "#6b3a35", "#43262c", "#21161b")):
        _ridge(draw, (width, height), height * (0.6 + layer * 0.1), layer, colour)
    x, y = width * 0.24, height * 0.86
    draw.line((x, y, x, y - height * 0.2), fill="#14110f", width=14)
    for leg in (-0.05, 0.05):
        draw.line((x, y - height * 0.18, x + width * leg, y), fill="#14110f", width=10)
    draw.rectangle((x - 90, y - height * 0.25, x + 80, y - height * 0.18), fill="#14110f")
    draw.ellipse((x + 60, y - height * 0.25, x + 130, y - height * 0.18), fill="#ffb238")


def _bench(draw: Any, width: int, height: int) -> None:
    draw.rectangle((0, 0, width, height), fill="#1b1a20")
    draw.polygon(
        [(width * 0.3, 0), (width * 0.62, 0), (width * 0.95, height), (width * 0.08, height)],
        fill="#3b3227",
    )
    draw.rectangle((0, height * 0.72, width, height), fill="#0f0d0c")
    for x, radius, turn in ((0.27, 0.17, 0.3), (0.72, 0.21, 0.9)):
        _reel(draw, width * x, height * 0.5, width * radius * 0.6, turn)
    strip = height * 0.74
    draw.rectangle((0, strip, width, strip + 120), fill="#d98b2b")
    for at in range(0, width, 72):
        for row in (strip + 10, strip + 92):
            draw.rounded_rectangle((at + 14, row, at + 48, row + 18), 5, fill="#0f0d0c")
        draw.rectangle((at + 6, strip + 36, at + 62, strip + 84), fill="#a7611a")


def _reel(draw: Any, x: float, y: float, radius: float, turn: float) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#c9bda8")
    inner = radius * 0.93
    draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill="#4d463d")
    for spoke in range(3):
        angle = turn + spoke * 2 * pi / 3
        cx, cy, r = x + radius * 0.52 * cos(angle), y + radius * 0.52 * sin(angle), radius * 0.27
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill="#1b1a20")
    draw.ellipse((x - radius * 0.12, y - radius * 0.12, x + radius * 0.12, y + radius * 0.12), fill="#ffb238")


def _harmonium(draw: Any, width: int, height: int) -> None:
    _sky(draw, width, height, "#2a1a2e", "#6d213c")
    for fold in range(14):
        x = fold * width / 13
        draw.polygon([(x, 0), (x + 90, 0), (x + 40, height), (x - 40, height)], fill="#4d1229")
    draw.rectangle((width * 0.18, height * 0.5, width * 0.82, height * 0.94), fill="#241710")
    draw.rectangle((width * 0.16, height * 0.46, width * 0.84, height * 0.53), fill="#3d2618")
    key = width * 0.6 / 28
    for number in range(28):
        x = width * 0.2 + number * key
        draw.rectangle((x, height * 0.54, x + key - 6, height * 0.66), fill="#f2e9da")
        if number % 7 not in (2, 6):
            draw.rectangle((x + key * 0.66, height * 0.54, x + key * 1.22, height * 0.61), fill="#14110f")
    for number in range(5):
        x, y = width * (0.3 + number * 0.1), height * 0.46
        draw.ellipse(
            (x - 60, y - 300, x + 60, y - 120),
            fill=_mix("#6d213c", "#f4d58d", 0.28 + number * 0.12),
        )
        draw.line((x, y - 130, x, y - 10), fill="#e8d9b8", width=10)
        draw.ellipse((x - 50, y - 18, x + 50, y), fill="#e8d9b8")


def _booth(draw: Any, width: int, height: int) -> None:
    draw.rectangle((0, 0, width, height), fill="#14110f")
    x, y = width * 0.3, height * 0.42
    for spread, colour in ((0.62, "#241d14"), (0.42, "#43341c"), (0.22, "#7a5a22")):
        draw.polygon([(x, y), (width, y - height * spread), (width, y + height * spread)], fill=colour)
    draw.rectangle((width * 0.08, y - 190, x, y + 190), fill="#2e2a28")
    draw.rectangle((x - 20, y - 80, x + 110, y + 80), fill="#4a433d")
    draw.ellipse((x + 70, y - 64, x + 150, y + 64), fill="#ffe0a3")
    _reel(draw, width * 0.13, y - 330, 230, 0.2)
    _reel(draw, width * 0.19, y + 380, 230, 1.1)
    draw.rectangle((width * 0.13, y + 190, width * 0.17, height), fill="#201c1a")


SCENES = {"desert": _desert, "bench": _bench, "harmonium": _harmonium, "booth": _booth}
PORTRAIT_COLOURS = [
    ("#1f4e5f", "#f2b134", "#c98d66", "#2b1d14"),
    ("#d8472b", "#2b2d42", "#7a4a30", "#14110f"),
    ("#3a5a40", "#dad7cd", "#e0b08c", "#8d3b1f"),
    ("#f0a202", "#202c39", "#d9a878", "#3b2b20"),
    ("#6d213c", "#f4d58d", "#e6bd98", "#c9bda8"),
    ("#0b4f6c", "#f7b267", "#96613f", "#241710"),
]
