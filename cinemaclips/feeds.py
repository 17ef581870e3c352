"""Feeds of the newest pieces, with their full text but without spoilers, in RSS, Atom and JSON."""

from datetime import datetime
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from cinemaclips.feed_subjects import WHOLE_SITE, Subject, get_subject_or_404
from magazine.models import Article, ArticleQuerySet, Byline
from magazine.record_feeds import FEED_LENGTH
from magazine.rendering import photos_in
from magazine.sections import sections


class FullArticle(NamedTuple):
    """A piece and the HTML of its text in feeds."""

    article: Article
    full_text: str

    @property
    def published_at(self) -> datetime:
        return cast(datetime, self.article.published_at)

    @property
    def changed_at(self) -> datetime:
        return max(self.article.updated_at, self.published_at)


def load_full_texts(pieces: ArticleQuerySet) -> list[FullArticle]:
    """The newest of `pieces` with everything their `feed_item.html` prints; seven queries at most."""
    prefetches = [each for section in sections() for each in section.feed_prefetches()]
    articles = list(
        pieces.newest_first()
        .with_pieces()
        .select_related("lead_photo")
        .prefetch_related(Byline.as_prefetch(), *prefetches)[:FEED_LENGTH]
    )
    photos = photos_in(*(html for each in articles for html in each.piece.texts()))
    return [FullArticle(article, _full_text(article, photos)) for article in articles]


def _full_text(article: Article, photos: Any) -> str:
    context = {"article": article.piece, "photos": photos}
    return render_to_string(f"{article.section}/feed_item.html", context)


class FullTextRSS(Rss201rev2Feed):
    """RSS 2.0 with the full text of each piece after its summary."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])


class FullTextAtom(Atom1Feed):
    """Atom with the full text of each piece after its summary."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class ArticlesRSS(Feed):
    """The RSS feed of one `feed_subjects.Subject`."""

    feed_type: type[SyndicationFeed] = FullTextRSS
    author_name = "cinemaCLIPS"

    def get_object(self, request: HttpRequest, kind: str = "", slug: str = "") -> Subject:
        self_link = settings.SITE_URL + request.path
        return get_subject_or_404(kind, slug)._replace(feed_url=self_link)

    def title(self, subject: Subject) -> str:
        return subject.title

    def description(self, subject: Subject) -> str:
        return subject.description

    subtitle = description

    def link(self, subject: Subject) -> str:
        return settings.SITE_URL + subject.page_url

    def feed_url(self, subject: Subject) -> str:
        return subject.feed_url

    def feed_guid(self, subject: Subject) -> str:
        return settings.SITE_URL + subject.page_url

    def items(self, subject: Subject) -> list[FullArticle]:
        return load_full_texts(subject.pieces)

    def item_title(self, item: FullArticle) -> str:
        return item.article.title

    def item_description(self, item: FullArticle) -> str:
        return item.article.description

    def item_link(self, item: FullArticle) -> str:
        return settings.SITE_URL + item.article.get_absolute_url()

    def item_author_name(self, item: FullArticle) -> str:
        return ", ".join(str(author) for author in item.article.authors) or self.author_name

    def item_pubdate(self, item: FullArticle) -> datetime:
        return item.published_at

    def item_updateddate(self, item: FullArticle) -> datetime:
        return item.changed_at

    def item_guid(self, item: FullArticle) -> str:
        return article_guid(item.article)

    item_guid_is_permalink = False

    def item_extra_kwargs(self, item: FullArticle) -> dict[str, Any]:
        return {"full_text": item.full_text}


class ArticlesAtom(ArticlesRSS):
    """The Atom feed of one subject."""

    feed_type = FullTextAtom


def article_guid(article: Article) -> str:
    """The identifier of a piece in feeds; it does not change with the URL of the piece."""
    return f"{settings.SITE_URL}/{article.section}/{article.pk}"


@require_safe
def json_feed(request: HttpRequest) -> JsonResponse:
    """The whole site as JSON Feed 1.1 (jsonfeed.org)."""
    site = get_subject_or_404(*WHOLE_SITE)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": f"{settings.SITE_URL}/",
        "feed_url": settings.SITE_URL + request.path,
        "description": site.description,
        "language": settings.LANGUAGE_CODE,
        "items": [_json_item(full) for full in load_full_texts(site.pieces.prefetch_related("tags"))],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _json_item(full: FullArticle) -> dict[str, Any]:
    article = full.article
    photo = article.usable_lead_photo
    return {
        "id": article_guid(article),
        "url": settings.SITE_URL + article.get_absolute_url(),
        "title": article.title,
        "summary": article.description,
        "content_html": full.full_text,
        "date_published": full.published_at.isoformat(),
        "date_modified": full.changed_at.isoformat(),
        "authors": [
            {"name": str(author), "url": settings.SITE_URL + author.get_absolute_url()}
            for author in article.authors
        ],
        "tags": sorted(tag.name for tag in article.tags.all()),
    } | ({"image": settings.SITE_URL + photo.share_url()} if photo else {})
