"""What search engines are told to read: every public page, with its pictures and its last change."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from cinemaclips.feed_subjects import nav_sections
from films.models import Film, Person
from gallery.models import Picture
from magazine.models import Article, Contributor, StaticPage
from reelrequests.models import ReelRequest

SECTION_VIEWS = [view for _, view in settings.NAV]
OTHER_VIEWS = [
    "blog:overheard",
    "picks:weekly",
    "press:mentions",
    "about:show",
    "about:staff",
    "about:corrections",
]
OTHER_VIEWS += ["about:contact", "dvdelighted:calendar", "tags", "feeds", "films", "people"]
OTHER_VIEWS += ["trivia:quizzes", "trivia:leaderboards", "trivia:rulings", "trivia:sources", "trivia:today"]
OTHER_VIEWS += ["trivia:archive", "reelrequests:ask"]


class SiteSitemap(Sitemap):
    """The base: whole addresses under the site's own name, whoever asks. `photo` may name a picture."""

    limit = 5_000

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(self, page=1, site=None, protocol=None):
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            photo = self.photo(url["item"])
            url["image"] = photo and settings.SITE_URL + photo.share_url()
        return urls

    def photo(self, item):
        return None


class SectionsSitemap(SiteSitemap):
    def items(self):
        return SECTION_VIEWS + OTHER_VIEWS

    def location(self, view):
        return reverse(view)


class PiecesSitemap(SiteSitemap):
    """The published pieces of one section."""

    def __init__(self, section):
        self.section = section

    def items(self):
        pieces = Article.objects.published().filter(section=self.section).order_by("pk")
        return pieces.select_related("lead_photo").only(
            "section", "slug", "title", "published_at", "updated_at", "lead_photo"
        )

    def lastmod(self, piece):
        return max(piece.published_at, piece.updated_at)

    def get_latest_lastmod(self):
        """Asked of the database: the index must not read every piece."""
        pieces = Article.objects.published().filter(section=self.section)
        latest = pieces.aggregate(published=Max("published_at"), updated=Max("updated_at"))
        return max(filter(None, latest.values()), default=None)

    def photo(self, piece):
        return piece.lead_photo


class PicturesSitemap(SiteSitemap):
    def items(self):
        return Picture.objects.published()

    def photo(self, picture):
        return picture.photo


class FilmsSitemap(SiteSitemap):
    def items(self):
        return Film.objects.order_by("pk").select_related("poster")

    def photo(self, film):
        return film.poster


class PeopleSitemap(SiteSitemap):
    def items(self):
        return Person.objects.order_by("pk").select_related("portrait")

    def photo(self, person):
        return person.portrait


class ContributorsSitemap(SiteSitemap):
    def items(self):
        return Contributor.objects.order_by("pk").select_related("portrait")

    def photo(self, contributor):
        return contributor.portrait


class RequestsSitemap(SiteSitemap):
    def items(self):
        return ReelRequest.objects.shown().for_rows().order_by("pk")

    def lastmod(self, request):
        return request.status_changed_at

    def get_latest_lastmod(self):
        return ReelRequest.objects.shown().aggregate(moved=Max("status_changed_at"))["moved"]


class StaticPagesSitemap(SiteSitemap):
    def items(self):
        return StaticPage.objects.exclude(heading=StaticPage.Heading.HIDDEN)

    def lastmod(self, page):
        return page.updated_at


def sitemaps():
    """Every sitemap by its name in the address."""
    by_name = {
        "rooms": SectionsSitemap(),
        "standing": StaticPagesSitemap(),
        "films": FilmsSitemap(),
        "people": PeopleSitemap(),
    }
    by_name["requests"] = RequestsSitemap()
    by_name |= {"contributors": ContributorsSitemap(), "pictures": PicturesSitemap()}
    return by_name | {section: PiecesSitemap(section) for section, _ in nav_sections()}
