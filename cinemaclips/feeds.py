"""What feed readers get: the newest pieces in full, spoilers hidden."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.feedgenerator import Rss201rev2Feed

from interviews.models import Turn
from magazine.models import Article, Byline
from magazine.rendering import photos_in

NEWEST = 20


class FullTextFeed(Rss201rev2Feed):
    """RSS 2.0 with the whole text of each piece beside its summary."""

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])


class SiteFeed(Feed):
    """The whole magazine."""

    feed_type = FullTextFeed
    title = "cinemaCLIPS"
    description = "Movie reviews with the trivia that goes with them."

    def link(self):
        return f"{settings.SITE_URL}/"

    feed_url = f"{settings.SITE_URL}/feeds/rss.xml"

    def items(self):
        """The newest pieces with all that their text needs; four queries."""
        newest = Article.objects.published().newest_first().with_pieces()
        turns = Prefetch("interview__turns", Turn.objects.for_page())
        articles = list(newest.prefetch_related(Byline.named(), turns)[:NEWEST])
        photos = photos_in(*(html for each in articles for html in each.piece.texts()))
        for article in articles:
            # Kept on the piece: one feed object answers all threads.
            article.photos = photos
        return articles

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.description

    def item_link(self, article):
        return settings.SITE_URL + article.get_absolute_url()

    def item_author_name(self, article):
        return ", ".join(str(author) for author in article.authors)

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.updated_at

    def item_guid(self, article):
        return f"{settings.SITE_URL}/{article.section}/{article.pk}"

    item_guid_is_permalink = False

    def item_extra_kwargs(self, article):
        context = {"article": article.piece, "photos": article.photos}
        return {"full_text": render_to_string(f"{article.section}/feed_item.html", context)}
