"""Draws the site's icons: the C of the logo on amber. The results are committed (static/img)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from PIL import Image, ImageDraw

from magazine.card_fonts import MARQUEE_FONT, load_font
from magazine.share_card_drawing import AMBER, INK

SIDES = (180, 192, 512)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "static/img")

    def handle(self, *, to: Path, **options: Any) -> None:
        for side in SIDES:
            draw_icon(side).save(to / f"icon-{side}.png", optimize=True)
        self.stdout.write(f"{len(SIDES)} icons are in {to}.")


def draw_icon(side: int) -> Image.Image:
    """The icon, `side` pixels square. The letter is in the middle, so that a round mask does not cut it."""
    icon = Image.new("RGB", (side, side), AMBER)
    pen = ImageDraw.Draw(icon)
    hole = side / 16
    for y in (side * 0.045, side * 0.895):
        for x in range(8):
            pen.rounded_rectangle(
                (x * hole * 2 + hole / 2, y, x * hole * 2 + hole * 1.5, y + hole), hole / 4, fill=INK
            )
    pen.text(
        (side / 2, side / 2), "C", font=load_font(MARQUEE_FONT, round(side * 0.62)), fill=INK, anchor="mm"
    )
    return icon
