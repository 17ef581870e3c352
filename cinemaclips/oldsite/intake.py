"""
Old pages become drafts: in the room their path and nav point to, with their pictures, and with a way
from the old address. Everything is safe to run twice: a page whose address leads somewhere is known.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.utils.html import escape
from django.utils.text import slugify

from blog.models import Post
from dvdelighted.models import DiscReview
from films.fuzzy_match import unused_slug
from films.models import Film
from films.titles import title_key
from interviews.models import Interview
from magazine.markup import clean
from magazine.models import Article
from moved.models import Move
from photos.image_processing import ImageRefused, process_upload
from photos.models import Photo
from press.models import PressRelease
from reviews.models import Review

PAGES = {".htm", ".html", ".shtml"}
FEWEST_WORDS = 30  # a page of fewer is a splash screen, a frame's menu or a gallery's wall
UNKNOWN_CREDIT = "Unknown: check before publishing"
PICTURE = re.compile(r"\{\{picture (\d+)\}\}")
HREF = re.compile(r'href="([^"]+)"')
# What a path or a nav entry says of the room; the first that fits.
ROOMS = [
    (DiscReview, ("dvd", "disc", "blu", "video")),
    (Interview, ("interview", "talk", "conversation")),
    (Review, ("review", "movie", "film")),
    (PressRelease, ("press", "release", "media")),
]


@dataclass
class Fate:
    """What became of one file of the old site."""

    file: str
    section: str = ""
    title: str = ""
    address: str = ""
    pictures: int = 0
    skipped: str = ""
    notes: list = field(default_factory=list)


def room_of(page):
    """The model of the room an old page belongs to, by its path, nav and title; else the blog."""
    folder = _plain(str(PurePosixPath(page.path).parent))
    own = [words for words, address in page.nav if _plain(address) == _plain(page.path)]
    near = [words for words, address in page.nav if folder and _plain(address).startswith(folder)]
    for clue in (folder, *own[:1], PurePosixPath(page.path).stem, page.title, *near[:1]):
        for model, marks in ROOMS:
            if any(mark in clue.lower() for mark in marks):
                return model
    return Post


class Intake:
    """Takes in the pages of one old site. `files` are its bytes by path from the root."""

    def __init__(self, files):
        self.files = files
        self.homes = {}  # old path → new address, of pages taken in now or before
        self.photos = {}

    def plan(self, pages):
        """(page, Fate, model) of every page, decided before any is written: links need to know."""
        planned, slugs = [], {}
        for page in pages:
            fate = Fate(page.path, title=page.title)
            known = Move.objects.of(page.path)
            if known:
                fate.skipped, self.homes[page.path] = (
                    f"It was taken in before, to {known.new_path}.",
                    known.new_path,
                )
            elif page.frames:
                fate.skipped = f"It only holds frames: {', '.join(page.frames)}."
            elif page.words < FEWEST_WORDS:
                fate.skipped = f"It has {page.words} words, too few for a piece."
            model = room_of(page)
            if not fate.skipped:
                self._place(page, fate, model, slugs)
            planned.append((page, fate, model))
        return planned

    def _place(self, page, fate, model, slugs):
        section = model._meta.app_label
        taken = slugs.setdefault(
            section, set(Article.objects.filter(section=section).values_list("slug", flat=True))
        )
        slug = unused_slug(slugify(page.title) or PurePosixPath(page.path).stem, taken, max_length=100)
        taken.add(slug)
        fate.section, fate.address = section, model(section=section, slug=slug).get_absolute_url()
        self.homes[page.path] = fate.address

    def take_in(self, page, fate, model):
        """Write one planned page as a draft; `fate` learns what came of its pictures and links."""
        slug = fate.address.rstrip("/").rpartition("/")[2]
        piece = model(title=page.title or slug, slug=slug, published_at=None)
        film = self._film(page, model)
        if film:
            piece.film = film
            fate.notes.append(f"About {film}, by its title.")
        body = PICTURE.sub(lambda match: self._figure(page, int(match[1]), fate), page.html)
        piece.body = clean(HREF.sub(lambda match: self._href(match[1]), body))
        if model is Interview:
            piece.transcript = re.sub(r"<[^>]+>", "\n", page.html)
        piece.save()
        piece.index()
        Move.objects.record(page.path, fate.address)
        if page.byline:
            fate.notes.append(f"The page says it is by {page.byline}: add the byline.")

    def _film(self, page, model):
        """The film a review is about, where the title says it beyond doubt."""
        if model not in (Review, DiscReview):
            return None
        wanted = title_key(
            re.sub(r"\b(?:movie |film |dvd )?review\b:?|\(\d{4}\)", " ", page.title, flags=re.I)
        )
        films = list(Film.objects.filter(title_key=wanted)[:2]) if wanted else []
        return films[0] if len(films) == 1 else None

    def _figure(self, page, number, fate):
        picture = page.pictures[number]
        photo = self._photo(picture, page, fate)
        if photo is None:
            return ""
        fate.pictures += 1
        return f'<figure data-photo="{photo.pk}"></figure>'

    def _photo(self, picture, page, fate):
        """The library's picture for an old file, taken in once for all pages that show it."""
        if picture.path in self.photos:
            return self.photos[picture.path]
        photo, data = None, self.files.get(picture.path)
        if data is None:
            fate.notes.append(f"{picture.path} is not in the folder.")
        else:
            try:
                photo = self._developed(process_upload(data), picture, page)
            except ImageRefused as refusal:
                fate.notes.append(f"{picture.path}: {refusal}")
        self.photos[picture.path] = photo
        return photo

    def _developed(self, developed, picture, page):
        photo = Photo(
            alt=(picture.alt or f"Picture from {page.title or page.path}")[:300],
            caption=developed.rights.caption[:500],
            credit=(developed.rights.credit or page.credit or UNKNOWN_CREDIT)[:200],
            copyright=developed.rights.copyright[:200],
            source=f"The old site: {picture.path}"[:200],
        )
        photo.set_image(developed)
        photo.save()
        return photo

    def _href(self, href):
        """A link of an old page: to where its target is now, else as it was."""
        address = urlsplit(href)
        if address.netloc or address.scheme not in ("", "http", "https"):
            return f'href="{href}"'
        home = self.homes.get(unquote(address.path))
        return f'href="{escape(home) if home else href}"'


def _plain(path):
    return unquote(urlsplit(path).path).lower().strip("/")
