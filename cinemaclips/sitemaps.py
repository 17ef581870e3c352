"""Sitemaps of every public page, with its photo and the time of its last change."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from magazine.models import Article
from magazine.sections import RecordSitemap, nav_sections, piece_sections, sections
from photos.models import Photo


class SiteSitemap(Sitemap):
    """The base class: absolute URLs under SITE_URL. `photo(item)` may return a photo of an item."""

    limit = 5_000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            photo = self.photo(url["item"])
            url["image"] = photo and settings.SITE_URL + photo.share_url()
        return urls

    def photo(self, item: Any) -> Photo | None:
        return None


class SinglePagesSitemap(SiteSitemap):
    """The front page, the first page of each section, and the single pages that sections name."""

    def items(self) -> list[str]:
        first_pages = ["home", *(section.first_page for section in nav_sections())]
        return first_pages + [view for section in sections() for view in section.sitemap_views]

    def location(self, item: str) -> str:
        return reverse(item)


class PiecesSitemap(SiteSitemap):
    """The published pieces of one section."""

    def __init__(self, section: str) -> None:
        self.section = section

    def items(self) -> "QuerySet[Article]":
        pieces = Article.objects.published().filter(section=self.section).order_by("pk")
        return pieces.select_related("lead_photo").only(
            "section", "slug", "title", "published_at", "updated_at", "lead_photo"
        )

    def lastmod(self, item: Article) -> datetime:
        return max(cast(datetime, item.published_at), item.updated_at)

    def get_latest_lastmod(self) -> datetime | None:
        """One aggregate query; Django's own method would load every piece for the sitemap index."""
        pieces = Article.objects.published().filter(section=self.section)
        latest = pieces.aggregate(published=Max("published_at"), updated=Max("updated_at"))
        return max(filter(None, latest.values()), default=None)

    def photo(self, item: Article) -> Photo | None:
        return item.usable_lead_photo


class RecordsSitemap(SiteSitemap):
    """The records of one section's declaration."""

    def __init__(self, declaration: RecordSitemap) -> None:
        self.declaration = declaration

    def items(self) -> "QuerySet[Any]":
        return self.declaration.records()

    def photo(self, item: Any) -> Photo | None:
        name = self.declaration.photo_attribute
        return getattr(item, name) if name else None


class ChangingRecordsSitemap(RecordsSitemap):
    """A sitemap of records that know the time of their last change."""

    def lastmod(self, item: Any) -> datetime:
        return getattr(item, self.declaration.changed)

    def get_latest_lastmod(self) -> datetime | None:
        """One aggregate query; Django's own method would load every record for the sitemap index."""
        return self.items().aggregate(latest=Max(self.declaration.changed))["latest"]


def sitemaps() -> dict[str, SiteSitemap]:
    """Every sitemap by its name in the URL."""
    by_name: dict[str, SiteSitemap] = {"sections": SinglePagesSitemap()}
    for declaration in sorted(_record_sitemaps(), key=attrgetter("position")):
        kind = ChangingRecordsSitemap if declaration.changed else RecordsSitemap
        by_name[declaration.name] = kind(declaration)
    return by_name | {each.app_label: PiecesSitemap(each.app_label) for each in piece_sections()}


def _record_sitemaps() -> Iterable[RecordSitemap]:
    return [declaration for section in sections() for declaration in section.record_sitemaps]
