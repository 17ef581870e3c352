"""
Share cards: what a link to a page looks like where it is passed on, 1200 by 630.

Drawn from what the page says of itself: kind, title, stars, byline, picture. Kept on the disk by a
digest of exactly that, so a card is drawn once, and again only when one of them changes.
"""

import hashlib
import io
import json
from functools import cache
from math import cos, pi, sin
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import get_random_string
from PIL import Image, ImageDraw, ImageFont, ImageOps

from films.key_art import PALETTES, SeededRandom
from films.models import Film, Person
from magazine.models import Article, Byline, Contributor
from magazine.sections import nav_sections
from photos.models import Photo

SIZE = WIDTH, HEIGHT = 1200, 630
PANEL_WIDTH = 700  # pixels of the width that the words have
MARGIN, MAX_LINES = 56, 4
INK, PAPER, AMBER, MUTED = "#14110f", "#f7f2e8", "#ffb238", "#b9ab99"
MARQUEE_FONT = settings.BASE_DIR / "static/fonts/marquee.woff2"
READING_FONT = Path(__file__).parent / "card_face.woff2"
DRAWING_VERSION = 1  # raised when the drawing changes, so that no old card is shown


class ShareCard(NamedTuple):
    """What a card says. `kind` and `slug` name the page."""

    kind: str
    slug: str
    kicker: str
    title: str
    half_stars: int | None = None
    byline: str = ""
    photo: Photo | None = None

    @property
    def digest(self):
        content = [DRAWING_VERSION, *self[:-1], self.photo and self.photo.version]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    @property
    def url(self):
        return reverse("card", args=[self.kind, self.slug, self.digest])

    @property
    def alt(self):
        """The card in words, for those who cannot see it."""
        stars = f", {self.half_stars / 2:g} of 5 stars" if self.half_stars else ""
        return f"{self.kicker}: {self.title}{stars}"

    def jpeg_path(self):
        """The path of the drawn card; drawn when first asked for."""
        path = settings.CARDS_ROOT / self.digest[:2] / f"{self.digest}.jpg"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and moved in one step: a reader never meets half a card.
            unfinished = path.with_name(f"{path.name}.{get_random_string(8)}")
            unfinished.write_bytes(draw_jpeg(self))
            unfinished.replace(path)
        return path


class SectionPage:
    """A section's own page, for its share card; a page in no section has the front page's."""

    def __init__(self, slug):
        titles = {section.app_label: section.nav_label for section in nav_sections()}
        self.slug = slug if slug in titles else "home"
        self.title = titles.get(slug, "Movie reviews with the trivia that goes with them")


def share_card_for(subject):
    """The card of a piece, a film, a person, a contributor or a section page."""
    if isinstance(subject, Film):
        return ShareCard(
            "films", subject.slug, "Film", subject.title, byline=str(subject.year or ""), photo=subject.poster
        )
    if isinstance(subject, SectionPage):
        return ShareCard("rooms", subject.slug, "cinemaCLIPS", subject.title, byline="On the web since 1998")
    if isinstance(subject, Person):
        return ShareCard("people", subject.slug, "Person", subject.name, photo=subject.portrait)
    if isinstance(subject, Contributor):
        kicker = subject.title or "Contributor"
        return ShareCard(
            "contributors", subject.slug, kicker, subject.name, byline="cinemaCLIPS", photo=subject.portrait
        )
    photo = subject.lead_photo or (subject.film.poster if subject.film else None)
    byline = ", ".join(str(author) for author in subject.authors)
    return ShareCard(
        subject.section, subject.slug, subject.kicker, subject.title, subject.half_stars, byline, photo
    )


def find_subject(kind, slug):
    """What `share_card_for` takes, found by the parts of a card's URL; None if no reader may see it."""
    plain = {
        "films": Film.objects.select_related("poster"),
        "people": Person.objects.select_related("portrait"),
    }
    plain["contributors"] = Contributor.objects.select_related("portrait")
    if kind in plain:
        return plain[kind].filter(slug=slug).first()
    if kind == "rooms":
        return SectionPage(slug)
    pieces = Article.objects.reachable().filter(section=kind, slug=slug)
    return pieces.select_related("lead_photo", "film__poster").prefetch_related(Byline.as_prefetch()).first()


def draw_jpeg(card):
    """The card as a JPEG, in bytes."""
    canvas = Image.new("RGB", SIZE, INK)
    pen = ImageDraw.Draw(canvas)
    if card.photo:
        _paste_photo(canvas, card.photo)
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


def _paste_photo(canvas, photo):
    """The picture to the right of the words, around its focal point."""
    with photo.master.open() as master, Image.open(master) as picture:
        point = (photo.focal_x / 100, photo.focal_y / 100)
        fitted = ImageOps.fit(picture.convert("RGB"), (WIDTH - PANEL_WIDTH, HEIGHT), centering=point)
    canvas.paste(fitted, (PANEL_WIDTH, 0))


def _draw_rings(pen, random):
    palette = random.choice(PALETTES)
    pen.rectangle((PANEL_WIDTH, 0, WIDTH, HEIGHT), fill=palette[0])
    x, y = random.uniform(PANEL_WIDTH + 120, WIDTH - 60), random.uniform(120, HEIGHT - 120)
    for ring, radius in enumerate(range(430, 20, -62)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=palette[1 + ring % 3])


def _draw_words(pen, card):
    pen.text(
        (MARGIN, 66),
        drawable(card.kicker.upper(), MARQUEE_FONT),
        font=load_font(MARQUEE_FONT, 30),
        fill=AMBER,
    )
    # The marquee letters, unless the reading face knows more of the title's alphabet.
    title, path = max(
        [(drawable(card.title, font), font) for font in (MARQUEE_FONT, READING_FONT)],
        key=lambda candidate: len(candidate[0]),
    )
    size, lines = fitted_lines(title or "cinemaCLIPS", path)
    y = 116
    for line in lines:
        pen.text((MARGIN, y), line, font=load_font(path, size), fill=PAPER)
        y += round(size * 1.14)
    if card.half_stars:
        _draw_stars(pen, MARGIN, max(y + 22, 370), card.half_stars)
    pen.text(
        (MARGIN, HEIGHT - 150),
        drawable(card.byline, READING_FONT)[:52],
        font=load_font(READING_FONT, 28),
        fill=MUTED,
    )
    pen.text((MARGIN, HEIGHT - 102), "cinema", font=load_font(READING_FONT, 34), fill=PAPER)
    left = MARGIN + load_font(READING_FONT, 34).getlength("cinema") + 10
    pen.rectangle((left, HEIGHT - 104, left + 92, HEIGHT - 56), fill=AMBER)
    pen.text((left + 10, HEIGHT - 102), "CLIPS", font=load_font(MARQUEE_FONT, 34), fill=INK)


def fitted_lines(text, path):
    """(size, lines): the largest type in which `text` fits; one that never fits ends in an ellipsis."""
    for size in range(92, 43, -6):
        lines = _wrapped(text, load_font(path, size))
        if len(lines) <= MAX_LINES and len(lines) * size * 1.14 <= 330:
            return size, lines
    lines = _wrapped(text, load_font(path, 44))[:MAX_LINES]
    lines[-1] = f"{lines[-1][:-2].rstrip()}…" if lines else ""
    return 44, lines


def _wrapped(text, font):
    """`text` in lines that fit the panel; a word too long for a line is cut."""
    lines, max_width = [], PANEL_WIDTH - MARGIN * 1.6
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= max_width:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        while font.getlength(word) > max_width:
            fits = next(at for at in range(len(word), 0, -1) if font.getlength(word[:at]) <= max_width)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def _draw_stars(pen, x, y, half_stars):
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


@cache
def load_font(path, size):
    return ImageFont.truetype(path, size)


def drawable(text, path):
    """`text` without the characters that the face at `path` cannot draw; never a row of boxes."""
    missing = _glyph("\U0010ffff", path)
    characters = (
        each for each in text if each == " " or (each.isprintable() and _glyph(each, path) != missing)
    )
    return " ".join("".join(characters).split())


@cache
def _glyph(character, path):
    mask = load_font(path, 40).getmask(character)
    return mask.size, bytes(mask)
