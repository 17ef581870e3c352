"""
Share cards: the picture that other sites show for a link to a page.

A card is drawn from the page's kicker, title, stars, byline and picture. Its file is named by a digest
of exactly these, so a card is drawn once, and again only when one of them changes.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import get_random_string

from films.models import Film, Person
from magazine.models import Article, Byline, Contributor
from magazine.sections import nav_sections
from magazine.share_card_drawing import draw_jpeg
from photos.models import Photo

DRAWING_VERSION = 1  # raise it when the drawing changes, so that every card is drawn again


class ShareCard(NamedTuple):
    """The content of a card. `kind` and `slug` identify the page: `kind` is a section or, say, "films"."""

    kind: str
    slug: str
    kicker: str
    title: str
    half_stars: int | None = None
    byline: str = ""
    usable_photo: Photo | None = None

    @property
    def digest(self) -> str:
        content = [DRAWING_VERSION, *self[:-1], self.usable_photo and self.usable_photo.version]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        return reverse("card", args=[self.kind, self.slug, self.digest])

    @property
    def alt(self) -> str:
        """The card in words, for those who cannot see it."""
        stars = f", {self.half_stars / 2:g} of 5 stars" if self.half_stars else ""
        return f"{self.kicker}: {self.title}{stars}"

    def jpeg_path(self) -> Path:
        """The path of the drawn card. Draws it if there is no such file yet."""
        path = settings.CARDS_ROOT / self.digest[:2] / f"{self.digest}.jpg"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written to a temporary file and then renamed, so that no request reads an incomplete file.
            unfinished = path.with_name(f"{path.name}.{get_random_string(8)}")
            unfinished.write_bytes(draw_jpeg(self))
            unfinished.replace(path)
        return path


class SectionPage:
    """The subject of a section's share card; a page outside all sections has the front page's card."""

    def __init__(self, slug: str) -> None:
        titles = {section.app_label: section.nav_label for section in nav_sections()}
        self.slug = slug if slug in titles else "home"
        self.title = titles.get(slug, "Movie reviews with the trivia that goes with them")


def share_card_for(subject: Article | Film | Person | Contributor | SectionPage) -> ShareCard:
    """The card of a piece, a film, a person, a contributor or a section's page."""
    if isinstance(subject, Film):
        year, poster = str(subject.year or ""), subject.usable_poster
        return ShareCard("films", subject.slug, "Film", subject.title, byline=year, usable_photo=poster)
    if isinstance(subject, SectionPage):
        byline = "On the web since 1998"
        return ShareCard("sections", subject.slug, "cinemaCLIPS", subject.title, byline=byline)
    if isinstance(subject, Person):
        portrait = subject.usable_portrait
        return ShareCard("people", subject.slug, "Person", subject.name, usable_photo=portrait)
    if isinstance(subject, Contributor):
        kicker, portrait = subject.title or "Contributor", subject.usable_portrait
        return ShareCard(
            "contributors", subject.slug, kicker, subject.name, byline="cinemaCLIPS", usable_photo=portrait
        )
    photo = subject.usable_lead_photo or (subject.film.usable_poster if subject.film else None)
    byline = ", ".join(str(author) for author in subject.authors)
    return ShareCard(
        subject.section, subject.slug, subject.kicker, subject.title, subject.half_stars, byline, photo
    )


def find_subject(kind: str, slug: str) -> Article | Film | Person | Contributor | SectionPage | None:
    """The subject of a card by the parts of its URL; None if no reader may see its page."""
    records: dict[str, QuerySet[Any]] = {
        "films": Film.objects.select_related("poster"),
        "people": Person.objects.select_related("portrait"),
        "contributors": Contributor.objects.select_related("portrait"),
    }
    if kind in records:
        return records[kind].filter(slug=slug).first()
    if kind == "sections":
        return SectionPage(slug)
    pieces = Article.objects.reachable().filter(section=kind, slug=slug)
    return pieces.select_related("lead_photo", "film__poster").prefetch_related(Byline.as_prefetch()).first()
