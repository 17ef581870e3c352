"""Typefaces, cut to some characters or traced, by fontTools, which a running site does not have."""

from io import BytesIO
from typing import Any, cast

WESTERN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178]
LATIN = [*WESTERN, *range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B]
PUNCTUATION = [*range(0x2010, 0x2028), 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212]
FEATURES = ["kern", "liga", "onum", "lnum"]


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
