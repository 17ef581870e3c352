"""
Key art: a poster drawn for a film without a poster photo, as flat shapes and the title.

The title and year determine the whole picture, so a film always has the same one.
"""

from xml.sax.saxutils import quoteattr

from films.key_art.colours import PALETTES, Palette, SeededRandom
from films.key_art.lettering import draw_title
from films.key_art.scenes import SCENES

__all__ = ["PALETTES", "SeededRandom", "backdrop", "key_art"]

POSTER_SIZE, BACKDROP_SIZE = (400, 600), (1280, 720)


def key_art(title: str, year: int | None = None) -> str:
    """A poster as an SVG document, in the ratio 2:3, with the title in it."""
    width, height = POSTER_SIZE
    palette, shapes = _scene(title, year, width, height * 0.68)
    panel, ink = palette[4:]
    return _document(
        title,
        POSTER_SIZE,
        f'<rect width="{width}" height="{height}" fill="{palette[0]}"/>{shapes}'
        f'<rect y="{height * 0.68:.0f}" width="{width}" height="{height * 0.32:.0f}" fill="{panel}"/>'
        f"{draw_title(title, ink, width, height)}",
    )


def backdrop(title: str, year: int | None = None) -> str:
    """The same scene without the title, in the ratio 16:9, for a page that prints the title itself."""
    palette, shapes = _scene(title, year, *BACKDROP_SIZE)
    return _document(
        title,
        BACKDROP_SIZE,
        f'<rect width="{BACKDROP_SIZE[0]}" height="{BACKDROP_SIZE[1]}" fill="{palette[0]}"/>{shapes}',
    )


def _document(title: str, size: tuple[int, int], content: str) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label={quoteattr(title)}>{content}</svg>'
    )


def _scene(title: str, year: int | None, width: float, height: float) -> tuple[Palette, str]:
    """The palette of a film, and its scene as an SVG element."""
    random = SeededRandom(f"{title} {year}")
    palette = random.choice(PALETTES)
    scene = random.choice(SCENES)
    shapes = "".join(scene(random, palette, width, height))
    return palette, f'<svg width="{width:.0f}" height="{height:.0f}">{shapes}</svg>'
