"""
Reduces the two typefaces to the characters that the magazine uses, and traces the letters of key art.

The results are committed (static/fonts, films/lettering.json), so that a running site needs neither the
font packages nor fontTools. Run `make fonts` after an upgrade of one of them.
"""

import importlib.resources
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cinemaclips.font_cutting import LATIN, WESTERN, subset_font, trace_glyphs

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
