"""
Reduces the two typefaces to the characters that the magazine uses, and traces the letters of key art.

The results are committed (static/fonts, films/lettering.json), so that a running site needs neither the
font packages nor fontTools. Run `make fonts` after an upgrade of one of them.
"""

import importlib.resources
import json
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

WESTERN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178]
LATIN = [*WESTERN, *range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B]
PUNCTUATION = [
    *range(0x2010, 0x2028),
    0x2032,
    0x2033,
    0x2039,
    0x203A,
    0x2044,
    0x20AC,
    0x2122,
    0x2212,
]
# The two main faces can print names in all Latin scripts of Europe; the others have fewer characters.
FACES = {
    "marquee": ("font_fjallaone", "FjallaOne-Regular.ttf", LATIN),
    "reading": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf", LATIN),
    "reading-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf", WESTERN),
    "reading-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", WESTERN),
}
# Share cards also print names in Greek and Cyrillic. This face is used for drawing only and never served.
CARD_CHARACTERS = [*LATIN, *range(0x370, 0x400), *range(0x400, 0x530)]
CARD_FACE = ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", CARD_CHARACTERS)
FEATURES = ["kern", "liga", "onum", "lnum"]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR, help="The project folder.")

    def handle(self, *, to: Path, **options: Any) -> None:
        (to / "static/fonts").mkdir(parents=True, exist_ok=True)
        for name, (package, file, characters) in FACES.items():
            font_bytes = (importlib.resources.files(package) / "files" / file).read_bytes()
            subset_bytes = subset_font(font_bytes, characters)
            (to / "static/fonts" / f"{name}.woff2").write_bytes(subset_bytes)
            self.stdout.write(f"{name}.woff2: {len(font_bytes):,} bytes cut to {len(subset_bytes):,}")
            if name == "marquee":
                (to / "films").mkdir(exist_ok=True)
                (to / "films/lettering.json").write_text(json.dumps(trace_glyphs(font_bytes), sort_keys=True))
        package, file, characters = CARD_FACE
        (to / "magazine").mkdir(exist_ok=True)
        font_bytes = (importlib.resources.files(package) / "files" / file).read_bytes()
        (to / "magazine/card_face.woff2").write_bytes(subset_font(font_bytes, characters))


def subset_font(font_bytes: bytes, characters: list[int]) -> bytes:
    """A TrueType face as WOFF2, with these characters and punctuation only."""
    from fontTools import subset  # noqa: PLC0415 - installed for development only

    options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True, hinting=False)
    with subset.load_font(BytesIO(font_bytes), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters + PUNCTUATION)
        cutter.subset(font)
        out = BytesIO()
        subset.save_font(font, out, options)
    return out.getvalue()


def trace_glyphs(font_bytes: bytes) -> dict[str, list[int | str]]:
    """[advance, outline as an SVG path] for each character of key art, in thousandths of an em."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(BytesIO(font_bytes))
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap() or {}
    scale = 1000 / cast(Any, font["head"]).unitsPerEm
    traced = {}
    for code in LATIN + PUNCTUATION:
        character = chr(code)
        if code in cmap and character == character.upper():
            outline = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
            glyphs[cmap[code]].draw(TransformPen(outline, (scale, 0, 0, -scale, 0, 0)))
            advance = round(glyphs[cmap[code]].width * scale)
            traced[character] = [advance, outline.getCommands()]
    return traced
