"""What feed readers get: the newest pieces in full, spoilers hidden, in RSS, Atom and JSON."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from cinemaclips.feed_subjects import WHOLE_SITE, get_subject_or_404
from contest.models import AuditEvent
from gallery.models import Picture
from interviews.models import Turn
from links.models import Link
from magazine.models import Article, Byline, Correction
from magazine.rendering import photos_in
from picks.models import Pick
from reelrequests.models import ReelRequest
from reelrequests.models.requests import Status
from trivia.models import Fact

FEED_LENGTH = 20


def load_full_texts(pieces):
    """
    The newest of `pieces` with all that their full texts need; seven queries at most.

    Each gets its `full_text`, HTML for feed readers.
    """
    prefetches = [
        Byline.as_prefetch(),
        Prefetch("interview__turns", Turn.objects.for_page()),
        Prefetch("album__pictures", Picture.objects.usable()),
        Prefetch("picklist__picks", Pick.objects.in_order()),
        "episode__segments",
    ]
    articles = list(
        pieces.newest_first()
        .with_pieces()
        .select_related("lead_photo")
        .prefetch_related(*prefetches)[:FEED_LENGTH]
    )
    photos = photos_in(*(html for each in articles for html in each.piece.texts()))
    for article in articles:
        context = {"article": article.piece, "photos": photos}
        article.full_text = render_to_string(f"{article.section}/feed_item.html", context)
    return articles


class FullTextRSS(Rss201rev2Feed):
    """RSS 2.0 with the whole text of each piece beside its summary."""

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])


class FullTextAtom(Atom1Feed):
    """Atom with the whole text of each piece beside its summary."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class ArticlesRSS(Feed):
    """The newest pieces on a subject: the whole site, a section, a tag, a contributor, a film."""

    feed_type, file = FullTextRSS, "rss.xml"
    author_name = "cinemaCLIPS"

    def get_object(self, request, kind="", slug=""):
        self_link = settings.SITE_URL + request.path
        return get_subject_or_404(kind, slug)._replace(feed_url=self_link)

    def title(self, subject):
        return subject.title

    def description(self, subject):
        return subject.description

    subtitle = description

    def link(self, subject):
        return settings.SITE_URL + subject.page_url

    def feed_url(self, subject):
        return subject.feed_url

    def feed_guid(self, subject):
        return settings.SITE_URL + subject.page_url

    def items(self, subject):
        return load_full_texts(subject.pieces)

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.description

    def item_link(self, article):
        return settings.SITE_URL + article.get_absolute_url()

    def item_author_name(self, article):
        return ", ".join(str(author) for author in article.authors) or self.author_name

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return max(article.updated_at, article.published_at)

    def item_guid(self, article):
        return article_guid(article)

    item_guid_is_permalink = False

    def item_extra_kwargs(self, article):
        return {"full_text": article.full_text}


class ArticlesAtom(ArticlesRSS):
    feed_type, file = FullTextAtom, "atom.xml"


class NoticeFeed(Feed):
    """The base of feeds of short news that are no pieces: each is a line, and has a day."""

    feed_type = Rss201rev2Feed
    author_name = "cinemaCLIPS"
    item_guid_is_permalink = False

    def get_object(self, request):
        return settings.SITE_URL + request.path

    def feed_url(self, feed_url):
        return feed_url

    def link(self, feed_url):
        return settings.SITE_URL + reverse(self.page)


class CorrectionsRSS(NoticeFeed):
    """What we put right, newest first."""

    title = "cinemaCLIPS: corrections"
    description = subtitle = "What we printed and put right."
    page = "about:corrections"

    def items(self, feed_url):
        return Correction.objects.for_pieces(Article.objects.published())[:FEED_LENGTH]

    def item_title(self, correction):
        return f"{correction.get_kind_display()}: {correction.article.title}"

    def item_description(self, correction):
        before, after = correction.before, correction.after
        changed = f"“{before}” is now “{after}”." if before else after
        return " ".join(filter(None, [changed, correction.note]))

    def item_link(self, correction):
        return settings.SITE_URL + correction.article.get_absolute_url()

    def item_guid(self, correction):
        return f"{settings.SITE_URL}/corrections/{correction.pk}"

    def item_pubdate(self, correction):
        return correction.corrected_datetime

    item_updateddate = item_pubdate


class CorrectionsAtom(CorrectionsRSS):
    feed_type = Atom1Feed


class DrawsRSS(NoticeFeed):
    """The acts of contests, newest first: what was committed to, and what came out."""

    title = "cinemaCLIPS: draws"
    description = subtitle = "Rules, sealed lists and draws of our contests, as they are put on record."
    page = "contest:list"

    def items(self, feed_url):
        return AuditEvent.objects.of_published_contests().newest_first()[:FEED_LENGTH]

    def item_title(self, event):
        return f"{event.contest.title}: {event.get_kind_display()}"

    def item_description(self, event):
        return f"{event.line} {event.chain_hash}"

    def item_link(self, event):
        return settings.SITE_URL + event.contest.page_urls["proof"]

    def item_guid(self, event):
        return f"{settings.SITE_URL}/contest/acts/{event.chain_hash}"

    def item_pubdate(self, event):
        return event.occurred_at

    item_updateddate = item_pubdate


class DrawsAtom(DrawsRSS):
    feed_type = Atom1Feed


class FactsRSS(NoticeFeed):
    """Did you know? The newest facts, without those that give something away."""

    title = "cinemaCLIPS: did you know?"
    description = subtitle = "Facts on films and their makers, each with its source."
    page = "trivia:list"

    def items(self, feed_url):
        return Fact.objects.published().without_spoilers().newest_first().with_subjects()[:FEED_LENGTH]

    def item_title(self, fact):
        return ", ".join(str(each) for each in (fact.film, fact.person) if each)

    def item_description(self, fact):
        return f"{fact.text} ({fact.source})"

    def item_link(self, fact):
        return settings.SITE_URL + fact.get_absolute_url()

    def item_guid(self, fact):
        return f"{settings.SITE_URL}/trivia/facts/{fact.pk}"

    def item_pubdate(self, fact):
        return fact.published_at

    item_updateddate = item_pubdate


class FactsAtom(FactsRSS):
    feed_type = Atom1Feed


class RequestsRSS(NoticeFeed):
    """What readers ask for, by what became of it."""

    page = "reelrequests:list"

    def get_object(self, request, status):
        if status not in Status.values:
            raise Http404
        return Status(status), settings.SITE_URL + request.path

    def title(self, status_and_url):
        return f"cinemaCLIPS: reel requests, {status_and_url[0].label.lower()}"

    def description(self, status_and_url):
        return "What readers have asked for, and what became of it."

    subtitle = description

    def feed_url(self, status_and_url):
        return status_and_url[1]

    def link(self, status_and_url):
        return f"{settings.SITE_URL}{reverse(self.page)}?status={status_and_url[0]}"

    def items(self, status_and_url):
        return ReelRequest.objects.shown().latest_with_status(status_and_url[0]).for_rows()[:FEED_LENGTH]

    def item_title(self, request):
        return request.title

    def item_description(self, request):
        return " ".join(filter(None, [f"Wanted by {request.vote_count}.", request.why, request.reason]))

    def item_link(self, request):
        return settings.SITE_URL + request.get_absolute_url()

    def item_guid(self, request):
        return f"{self.item_link(request)}#{request.public_status}"

    def item_pubdate(self, request):
        return request.answered_at if request.is_answered else request.status_changed_at

    item_updateddate = item_pubdate


class RequestsAtom(RequestsRSS):
    feed_type = Atom1Feed


class LinksRSS(NoticeFeed):
    """What is new in the directory."""

    title = "cinemaCLIPS: links"
    description = subtitle = "New in the directory, and why it is worth a visit."
    page = "links:list"

    def items(self, feed_url):
        return Link.objects.listed().order_by("-added_at", "-pk")[:FEED_LENGTH]

    def item_title(self, link):
        return link.title

    def item_description(self, link):
        return link.note

    def item_link(self, link):
        return link.url

    def item_guid(self, link):
        return f"{settings.SITE_URL}/links/{link.pk}"

    def item_pubdate(self, link):
        return link.added_at

    item_updateddate = item_pubdate


class LinksAtom(LinksRSS):
    feed_type = Atom1Feed


def article_guid(article):
    """What tells a piece from all others for ever, whatever happens to its address."""
    return f"{settings.SITE_URL}/{article.section}/{article.pk}"


@require_safe
def json_feed(request):
    """The whole site as JSON Feed 1.1 (jsonfeed.org)."""
    site = get_subject_or_404(*WHOLE_SITE)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": f"{settings.SITE_URL}/",
        "feed_url": settings.SITE_URL + request.path,
        "description": site.description,
        "language": settings.LANGUAGE_CODE,
        "items": [_json_item(article) for article in load_full_texts(site.pieces.prefetch_related("tags"))],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _json_item(article):
    photo = article.lead_photo
    return {
        "id": article_guid(article),
        "url": settings.SITE_URL + article.get_absolute_url(),
        "title": article.title,
        "summary": article.description,
        "content_html": article.full_text,
        "date_published": article.published_at.isoformat(),
        "date_modified": max(article.updated_at, article.published_at).isoformat(),
        "authors": [
            {"name": str(author), "url": settings.SITE_URL + author.get_absolute_url()}
            for author in article.authors
        ],
        "tags": sorted(tag.name for tag in article.tags.all()),
    } | ({"image": settings.SITE_URL + photo.share_url()} if photo else {})
