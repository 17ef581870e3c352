"""All URLs of the site. The URLs of sections are included from their `section.py`."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from cinemaclips import feeds, well_known
from cinemaclips.record_feed_urls import record_feed_urls
from cinemaclips.sitemaps import sitemaps
from cinemaclips.views import csp_reports, feeds_page, films, front, people, search
from fans.mailbox import mailbox
from magazine.sections import nav_sections, sections
from magazine.views import share_cards, tags

urlpatterns = [
    path("", front.front, name="home"),
    *(
        path(section.url_prefix or f"{section.app_label}/", include(f"{section.app_label}.urls"))
        for section in nav_sections()
    ),
    *(pattern for section in sections() for pattern in section.root_urls()),
    path("contributors/", include("magazine.urls")),
    path("cards/<slug:kind>/<slug:slug>/<slug:digest>.jpg", share_cards.share_card, name="card"),
    path("tags/", tags.tag_list, name="tags"),
    path("tags/<slug:slug>/", tags.tag_detail, name="tag"),
    path("films/", films.film_list, name="films"),
    path("people/", people.person_list, name="people"),
    path("films/", include("films.urls")),
    path("films/<slug:slug>/", films.film, name="film"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("photos/", include("photos.urls")),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("feeds/", feeds_page.feeds_page, name="feeds"),
    path("feeds/rss.xml", feeds.ArticlesRSS(), name="feed"),
    path("feeds/atom.xml", feeds.ArticlesAtom(), name="atom"),
    path("feeds/feed.json", feeds.json_feed, name="json_feed"),
    *record_feed_urls(),
    path("feeds/<slug:kind>/<slug:slug>/rss.xml", feeds.ArticlesRSS(), name="subject_feed"),
    path("feeds/<slug:kind>/<slug:slug>/atom.xml", feeds.ArticlesAtom(), name="subject_atom"),
    path("sitemap.xml", well_known.sitemap_index, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        sitemap,
        {"sitemaps": sitemaps(), "template_name": "sitemap.xml"},
        name="section_sitemap",
    ),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("opensearch.xml", well_known.opensearch, name="opensearch"),
    path("csp-reports/", csp_reports.csp_reports, name="csp_reports"),
    path("my-data/", include("fans.urls")),
    path("mailbox/", mailbox, name="mailbox"),
    path("desk/", include("cinemaclips.sign_in_urls")),
    path("desk/", admin.site.urls),
]

handler404 = "cinemaclips.views.errors.not_found"
handler500 = "cinemaclips.views.errors.server_error"
