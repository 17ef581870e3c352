"""Drawing a share card as a JPEG of 1200 by 630 pixels: words on the left, a picture on the right."""

import io
from math import cos, pi, sin
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

from films.key_art import PALETTES, SeededRandom
from magazine.card_fonts import MARQUEE_FONT, READING_FONT, drawable, load_font
from magazine.typesetting import LINE_HEIGHT, fitted_lines
from photos.models import Photo

if TYPE_CHECKING:
    from magazine.share_cards import ShareCard

SIZE = WIDTH, HEIGHT = 1200, 630
PANEL_WIDTH = 700  # pixels of the width for the words
MARGIN = 56
MAX_TITLE_WIDTH = PANEL_WIDTH - MARGIN * 1.6
INK, PAPER, AMBER, MUTED = "#14110f", "#f7f2e8", "#ffb238", "#b9ab99"


def draw_jpeg(card: "ShareCard") -> bytes:
    """The card as a JPEG."""
    canvas = Image.new("RGB", SIZE, INK)
    pen = ImageDraw.Draw(canvas)
    if card.usable_photo:
        _paste_photo(canvas, card.usable_photo)
    else:
        _draw_rings(pen, SeededRandom(f"{card.kind} {card.title}"))
    pen.rectangle((0, 0, PANEL_WIDTH, HEIGHT), fill=INK)
    for y in (14, HEIGHT - 30):
        for x in range(8, WIDTH, 40):
            pen.rounded_rectangle((x, y, x + 22, y + 16), 4, fill=PAPER)
    _draw_words(pen, card)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=86, optimize=True, progressive=True)
    return out.getvalue()


def _paste_photo(canvas: Image.Image, photo: Photo) -> None:
    """Paste the photo to the right of the words, cropped around its focal point."""
    with photo.master.open() as master, Image.open(master) as picture:
        point = (photo.focal_x / 100, photo.focal_y / 100)
        fitted = ImageOps.fit(picture.convert("RGB"), (WIDTH - PANEL_WIDTH, HEIGHT), centering=point)
    canvas.paste(fitted, (PANEL_WIDTH, 0))


def _draw_rings(pen: ImageDraw.ImageDraw, random: SeededRandom) -> None:
    palette = random.choice(PALETTES)
    pen.rectangle((PANEL_WIDTH, 0, WIDTH, HEIGHT), fill=palette[0])
    x, y = random.uniform(PANEL_WIDTH + 120, WIDTH - 60), random.uniform(120, HEIGHT - 120)
    for ring, radius in enumerate(range(430, 20, -62)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=palette[1 + ring % 3])


def _draw_words(pen: ImageDraw.ImageDraw, card: "ShareCard") -> None:
    kicker = drawable(card.kicker.upper(), MARQUEE_FONT)
    pen.text((MARGIN, 66), kicker, font=load_font(MARQUEE_FONT, 30), fill=AMBER)
    bottom = _draw_title(pen, card.title)
    if card.half_stars:
        _draw_stars(pen, MARGIN, max(bottom + 22, 370), card.half_stars)
    byline = drawable(card.byline, READING_FONT)[:52]
    pen.text((MARGIN, HEIGHT - 150), byline, font=load_font(READING_FONT, 28), fill=MUTED)
    _draw_site_name(pen)


def _draw_title(pen: ImageDraw.ImageDraw, text: str) -> int:
    """Draw the title. Returns the y at which it ends."""
    # In the headline font, unless the text font has more of the title's characters.
    title, path = max(
        [(drawable(text, font), font) for font in (MARQUEE_FONT, READING_FONT)],
        key=lambda candidate: len(candidate[0]),
    )
    size, lines = fitted_lines(title or "cinemaCLIPS", path, MAX_TITLE_WIDTH)
    y = 116
    for line in lines:
        pen.text((MARGIN, y), line, font=load_font(path, size), fill=PAPER)
        y += round(size * LINE_HEIGHT)
    return y


def _draw_site_name(pen: ImageDraw.ImageDraw) -> None:
    font = load_font(READING_FONT, 34)
    pen.text((MARGIN, HEIGHT - 102), "cinema", font=font, fill=PAPER)
    left = MARGIN + font.getlength("cinema") + 10
    pen.rectangle((left, HEIGHT - 104, left + 92, HEIGHT - 56), fill=AMBER)
    pen.text((left + 10, HEIGHT - 102), "CLIPS", font=load_font(MARQUEE_FONT, 34), fill=INK)


def _draw_stars(pen: ImageDraw.ImageDraw, x: int, y: int, half_stars: int) -> None:
    for star in range(5):
        points = []
        for corner in range(10):
            radius, angle = (24, 10)[corner % 2], corner * pi / 5
            points.append((x + 24 + star * 56 + radius * sin(angle), y + 24 - radius * cos(angle)))
        halves_left = half_stars - star * 2
        pen.polygon(points, fill=AMBER if halves_left >= 2 else "#443a31")
        if halves_left == 1:
            left = [(min(px, x + 24 + star * 56), py) for px, py in points]
            pen.polygon(left, fill=AMBER)
