"""
Cut the two typefaces to what the magazine prints, and trace the marquee letters for key art.

The results are committed (static/fonts, films/lettering.json), so a running site needs neither
the font packages nor fontTools; run `make fonts` when one of them moves.
"""

import importlib.resources
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cinemaclips.font_cutting import LATIN, WESTERN, subset_font, trace_glyphs

# Names of people all over Latin Europe stand in the two main faces; emphasis makes do with less.
FACES = {
    "marquee": ("font_fjallaone", "FjallaOne-Regular.ttf", LATIN),
    "reading": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf", LATIN),
    "reading-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf", WESTERN),
    "reading-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", WESTERN),
}
# Share cards name people who write in Greek or Cyrillic too; this face is for drawing and never served.
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
