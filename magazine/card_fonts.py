"""The fonts of share cards, and the characters that they have."""

from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

MARQUEE_FONT = settings.BASE_DIR / "static/fonts/marquee.woff2"
READING_FONT = Path(__file__).parent / "card_face.woff2"


@cache
def load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def drawable(text: str, path: Path) -> str:
    """`text` without the characters that the font at `path` lacks, which would be drawn as boxes."""
    missing = _glyph("\U0010ffff", path)
    characters = (
        each for each in text if each == " " or (each.isprintable() and _glyph(each, path) != missing)
    )
    return " ".join("".join(characters).split())


@cache
def _glyph(character: str, path: Path) -> tuple[tuple[int, int], bytes]:
    mask = load_font(path, 40).getmask(character)
    return mask.size, bytes(mask)
