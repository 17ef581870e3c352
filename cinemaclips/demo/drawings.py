"""Draws the pictures of the demo's albums: numbered variations on six motifs of flat shapes."""

import io
from math import pi, sin
from random import Random
from typing import Any

from PIL import Image, ImageDraw

SIZE = WIDTH, HEIGHT = 1440, 960
INK, AMBER, PAPER = "#14110f", "#ffb238", "#f7f2e8"
SKIES = [("#24405c", "#f2a65a"), ("#2a1a2e", "#6d213c"), ("#0b2b3f", "#3a7d8c"), ("#3b1f2b", "#e07a5f")]
WALLS = ["#7a2e2e", "#31572c", "#3d405b", "#6b4226", "#264653"]


def draw_motif(motif: str, variation: int) -> bytes:
    """A JPEG, as bytes: one variation of a motif (a key of MOTIFS)."""
    picture = Image.new("RGB", SIZE, INK)
    MOTIFS[motif](ImageDraw.Draw(picture), Random(f"{motif} {variation}"))  # noqa: S311 - a picture, no secret
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _sky(draw: Any, dice: Any, foot: int) -> None:
    top, bottom = (_rgb(colour) for colour in dice.choice(SKIES))
    for y in range(0, foot, 4):
        share = y / foot
        colour = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        draw.rectangle((0, y, WIDTH, y + 4), fill=colour)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _house(draw: Any, dice: Any) -> None:
    _sky(draw, dice, 800)
    wall, left, right = dice.choice(WALLS), dice.randint(180, 320), dice.randint(1120, 1260)
    roof = dice.randint(120, 220)
    draw.rectangle((left, roof, right, 860), fill=wall)
    for step in range(dice.randint(2, 5)):
        draw.rectangle((620 - step * 70, roof - 90 + step * 30, 820 + step * 70, roof + 30), fill=wall)
    draw.rectangle((660, roof - 60, 780, 470), fill=AMBER)
    draw.rectangle((left - 50, 470, right + 50, 590), fill=PAPER)
    for x in range(left - 40, right + 40, 34):
        for y in (478, 566):
            draw.ellipse((x, y, x + 16, y + 16), fill=AMBER)
    for line in range(2):
        draw.rectangle((left + 60, 506 + line * 30, right - dice.randint(60, 420), 520 + line * 30), fill=INK)
    draw.rectangle((left + 40, 590, right - 40, 860), fill=INK)
    for x in range(left + 90, right - 160, 190):
        draw.rectangle((x, 630, x + 110, 860), fill=dice.choice(["#c98a3a", "#f2d08a", "#5b3a1e"]))
    draw.rectangle((0, 860, WIDTH, HEIGHT), fill="#211b17")


def _reel(draw: Any, dice: Any) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=dice.choice(["#1f2d33", "#33241f", "#26301f", "#2d1f33"]))
    for _ in range(dice.randint(3, 6)):
        x, y, radius = dice.randint(200, 1240), dice.randint(180, 760), dice.randint(110, 260)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#c9bda8", outline=INK, width=8)
        for spoke in range(3):
            angle = spoke * 2 * pi / 3 + dice.random()
            cx, cy = x + radius * 0.52 * sin(angle), y + radius * 0.52 * sin(angle + pi / 2)
            hole = radius * 0.26
            draw.ellipse((cx - hole, cy - hole, cx + hole, cy + hole), fill=INK)
        draw.ellipse((x - 18, y - 18, x + 18, y + 18), fill=AMBER)
    top = dice.randint(640, 780)
    draw.rectangle((0, top, WIDTH, top + 120), fill=AMBER)
    for x in range(0, WIDTH, 60):
        for y in (top + 10, top + 90):
            draw.rounded_rectangle((x + 14, y, x + 44, y + 20), 5, fill=INK)


def _card(draw: Any, dice: Any) -> None:
    ground, mark = dice.choice([(INK, PAPER), ("#3a1420", "#f4d58d"), ("#10283a", "#f7f2e8"), (PAPER, INK)])
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=ground)
    for inset in (50, 74):
        draw.rectangle((inset, inset, WIDTH - inset, HEIGHT - inset), outline=mark, width=dice.choice([4, 8]))
    for line in range(dice.randint(2, 4)):
        length = dice.randint(260, 900)
        y = 300 + line * 110
        draw.rounded_rectangle((720 - length / 2, y, 720 + length / 2, y + 56), 28, fill=mark)
    for corner in range(4):
        x, y = (120, WIDTH - 120)[corner % 2], (120, HEIGHT - 120)[corner // 2]
        draw.regular_polygon((x, y, 40), dice.choice([3, 4, 6]), fill=AMBER)


def _road(draw: Any, dice: Any) -> None:
    horizon = dice.randint(330, 460)
    _sky(draw, dice, horizon)
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill="#17130f")
    bend = dice.randint(480, 960)
    draw.polygon([(bend - 12, horizon), (bend + 12, horizon), (1340, HEIGHT), (100, HEIGHT)], fill="#2b2724")
    for dash in range(6):
        share = ((dash + 0.6) / 6) ** 2
        y, shape_width = horizon + (HEIGHT - horizon) * share, 4 + 22 * share
        x = bend + (720 - bend) * share
        draw.rectangle((x - shape_width / 2, y, x + shape_width / 2, y + 14 + 60 * share), fill=AMBER)
    for pole in range(dice.randint(3, 6)):
        x = 60 + pole * dice.randint(70, 110)
        draw.line((x, horizon - 130 + pole * 12, x, horizon + 40 + pole * 30), fill=INK, width=10)
    for lamp in (-26, 26):
        x, y = bend + lamp, horizon + 8
        draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill="#fff3d0")


def _seats(draw: Any, dice: Any) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill="#120d0c")
    draw.rectangle((300, 60, 1140, 420), fill=dice.choice(["#e9e1d2", "#9fb4bd", "#403a36"]))
    plush = dice.choice(["#8c2f39", "#31572c", "#3d405b", "#7a4b1e"])
    empty = dice.randint(0, 40)
    for row in range(6):
        shape_width, y = 92 + row * 26, 470 + row * 78
        for place in range(-9, 10):
            x = 720 + place * (shape_width + 14) + (row % 2) * shape_width / 2
            lit = (row * 19 + place) % 41 == empty
            box = (x - shape_width / 2, y, x + shape_width / 2, y + 120)
            draw.rounded_rectangle(box, 22, fill=AMBER if lit else plush, outline="#120d0c", width=6)


def _city(draw: Any, dice: Any) -> None:
    _sky(draw, dice, 620)
    for layer, colour in enumerate(("#4a3b46", "#332a35", "#1d1820")):
        x = -40
        while x < WIDTH:
            shape_width, shape_height = dice.randint(70, 170), dice.randint(160, 520) - layer * 60
            draw.rectangle((x, 620 - shape_height, x + shape_width, 620), fill=colour)
            lamps = range(640 - shape_height, 600, 34) if layer == 2 else []
            for y in [y for y in lamps if dice.random() < 0.6]:
                draw.rectangle((x + 14, y, x + 34, y + 14), fill=AMBER)
            x += shape_width + dice.randint(4, 30)
    draw.rectangle((0, 620, WIDTH, HEIGHT), fill="#0d0b0a")
    for wheel in range(dice.randint(4, 7)):
        _wheel(draw, 120 + wheel * 210, dice.randint(720, 850), dice.randint(60, 120))


def _wheel(draw: Any, x: int, y: int, radius: int) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline="#6b5a48", width=18)
    for spoke in range(6):
        angle = spoke * pi / 3
        end = (x + radius * sin(angle), y + radius * sin(angle + pi / 2))
        draw.line((x, y, *end), fill="#6b5a48", width=10)


MOTIFS = {"house": _house, "reel": _reel, "card": _card, "road": _road, "seats": _seats, "city": _city}
ALT_TEXTS = {
    "house": "The lit front of a picture house at dusk, with a marquee and posters, in flat colours.",
    "reel": "Film reels and a strip of film on a workbench, in flat colours.",
    "card": "A title card with bars where the words would be, in a double frame.",
    "road": "A night road with a pair of headlamps far off, telegraph poles on the left.",
    "seats": "Rows of empty seats before a screen, one of them lit.",
    "city": "Towers with lit windows above, wheels of machines below ground.",
}
