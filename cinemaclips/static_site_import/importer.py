"""
Turns old pages into drafts, in the section that their path or nav suggests.

Pictures are added to the photo library, and a redirect leads from the old URL to the draft's. The import
can be repeated: a page whose old URL has a redirect already is left out.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
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
from photos.image_processing import ImageRefused, process_upload
from photos.models import Photo
from press.models import PressRelease
from redirects.models import Redirect
from reviews.models import Review

if TYPE_CHECKING:
    from cinemaclips.static_site_import.folder import Folder
    from cinemaclips.static_site_import.page_parser import OldPage, OldPicture
    from photos.image_processing import ProcessedImage

PAGES = {".htm", ".html", ".shtml"}
MIN_WORDS = 30  # a page with fewer is a splash screen, the menu of a frame or a page of thumbnails
UNKNOWN_CREDIT = "Unknown: check before publishing"
PICTURE_PLACEHOLDER = re.compile(r"\{\{picture (\d+)\}\}")
HREF = re.compile(r'href="([^"]+)"')
# Words in a path or a nav entry, and the model they suggest; the first match counts.
MODEL_CLUES = [
    (DiscReview, ("dvd", "disc", "blu", "video")),
    (Interview, ("interview", "talk", "conversation")),
    (Review, ("review", "movie", "film")),
    (PressRelease, ("press", "release", "media")),
]


@dataclass
class ImportResult:
    """What was imported from one file of the old site."""

    file: str
    section: str = ""
    title: str = ""
    address: str = ""
    pictures: int = 0
    skipped: str = ""
    notes: list = field(default_factory=list)


def guess_model(page: "OldPage") -> type:
    """The model for an old page, by its path, nav and title; a blog post if nothing matches."""
    folder = _normalized(str(PurePosixPath(page.path).parent))
    own_labels = [label for label, url in page.nav if _normalized(url) == _normalized(page.path)]
    nearby_labels = [label for label, url in page.nav if folder and _normalized(url).startswith(folder)]
    for hint in (folder, *own_labels[:1], PurePosixPath(page.path).stem, page.title, *nearby_labels[:1]):
        for model, clues in MODEL_CLUES:
            if any(clue in hint.lower() for clue in clues):
                return model
    return Post


class SiteImporter:
    """Imports the pages of one old site. `files` maps paths from its root to bytes."""

    def __init__(self, files: "Folder") -> None:
        self.files = files
        # Old path → new path, of pages imported now or before.
        self.new_paths: dict[str, str] = {}
        self.photos: dict[str, Photo | None] = {}

    def plan(self, pages: "list[OldPage]") -> "list[tuple[OldPage, ImportResult, type[Article]]]":
        """
        (page, import result, model) for every page.

        This is decided before the first page is written, because links between the pages need the new URLs.
        """
        planned: list[tuple[OldPage, ImportResult, type[Article]]] = []
        slugs: dict[str, set[str]] = {}
        for page in pages:
            result = ImportResult(page.path, title=page.title)
            known = Redirect.objects.find_exact(page.path)
            if known:
                result.skipped, self.new_paths[page.path] = (
                    f"It was imported before, to {known.new_path}.",
                    known.new_path,
                )
            elif page.frames:
                result.skipped = f"It only holds frames: {', '.join(page.frames)}."
            elif page.words < MIN_WORDS:
                result.skipped = f"It has {page.words} words, too few for a piece."
            model = guess_model(page)
            if not result.skipped:
                self._choose_path(page, result, model, slugs)
            planned.append((page, result, model))
        return planned

    def _choose_path(
        self, page: "OldPage", result: ImportResult, model: type[Article], slugs: dict[str, set[str]]
    ) -> None:
        section = model._meta.app_label
        used_slugs = slugs.setdefault(
            section, set(Article.objects.filter(section=section).values_list("slug", flat=True))
        )
        slug = unused_slug(slugify(page.title) or PurePosixPath(page.path).stem, used_slugs, max_length=100)
        used_slugs.add(slug)
        result.section, result.address = section, model(section=section, slug=slug).get_absolute_url()
        self.new_paths[page.path] = result.address

    def import_page(self, page: "OldPage", result: ImportResult, model: type) -> None:
        """Create the draft of one planned page. Adds what happened to its pictures and links to `result`."""
        slug = result.address.rstrip("/").rpartition("/")[2]
        piece = model(title=page.title or slug, slug=slug, published_at=None)
        film = self._find_film(page, model)
        if film:
            piece.film = film
            result.notes.append(f"About {film}, by its title.")
        body = PICTURE_PLACEHOLDER.sub(
            lambda match: self._figure_html(page, int(match[1]), result), page.html
        )
        piece.body = clean(HREF.sub(lambda match: self._new_href(match[1]), body))
        if model is Interview:
            piece.transcript = re.sub(r"<[^>]+>", "\n", page.html)
        piece.save()
        piece.index()
        Redirect.objects.record(page.path, result.address)
        if page.byline:
            result.notes.append(f"The page says it is by {page.byline}: add the byline.")

    def _find_film(self, page: "OldPage", model: type) -> Film | None:
        """The film a review is about, if the title of the page matches one with confidence."""
        if model not in (Review, DiscReview):
            return None
        wanted = title_key(
            re.sub(r"\b(?:movie |film |dvd )?review\b:?|\(\d{4}\)", " ", page.title, flags=re.I)
        )
        films = list(Film.objects.filter(title_key=wanted)[:2]) if wanted else []
        return films[0] if len(films) == 1 else None

    def _figure_html(self, page: "OldPage", number: int, result: ImportResult) -> str:
        picture = page.pictures[number]
        photo = self._get_photo(picture, page, result)
        if photo is None:
            return ""
        result.pictures += 1
        return f'<figure data-photo="{photo.pk}"></figure>'

    def _get_photo(self, picture: "OldPicture", page: "OldPage", result: ImportResult) -> Photo | None:
        """The photo made from an old file, created once for all pages that show it. None if unusable."""
        if picture.path in self.photos:
            return self.photos[picture.path]
        photo, data = None, self.files.get(picture.path)
        if data is None:
            result.notes.append(f"{picture.path} is not in the folder.")
        else:
            try:
                photo = self._create_photo(process_upload(data), picture, page)
            except ImageRefused as refusal:
                result.notes.append(f"{picture.path}: {refusal}")
        self.photos[picture.path] = photo
        return photo

    def _create_photo(self, developed: "ProcessedImage", picture: "OldPicture", page: "OldPage") -> Photo:
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

    def _new_href(self, href: str) -> str:
        """The new URL of a link's target, or `href` itself if the target was not imported."""
        target = urlsplit(href)
        if target.netloc or target.scheme not in ("", "http", "https"):
            return f'href="{href}"'
        new_path = self.new_paths.get(unquote(target.path))
        return f'href="{escape(new_path) if new_path else href}"'


def _normalized(path: str) -> str:
    return unquote(urlsplit(path).path).lower().strip("/")
