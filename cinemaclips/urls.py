"""Every address of the magazine. A section is one line here."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from cinemaclips import feeds, views, well_known
from cinemaclips.sitemaps import sitemaps
from contest.views.show import win
from fans.mailbox import mailbox
from magazine.views import share_card, tag_detail, tag_list

urlpatterns = [
    path("", views.front, name="home"),
    path("reviews/", include("reviews.urls")),
    path("interviews/", include("interviews.urls")),
    path("trivia/", include("trivia.urls")),
    path("dvdelighted/", include("dvdelighted.urls")),
    path("contest/", include("contest.urls")),
    path("win/", win, name="win"),
    path("reel-requests/", include("reelrequests.urls")),
    path("gallery/", include("gallery.urls")),
    path("press/", include("press.urls")),
    path("picks/", include("picks.urls")),
    path("links/", include("links.urls")),
    path("blog/", include("blog.urls")),
    path("about/", include("about.urls")),
    path("contributors/", include("magazine.urls")),
    path("cards/<slug:kind>/<slug:slug>/<slug:digest>.jpg", share_card, name="card"),
    path("tags/", tag_list, name="tags"),
    path("tags/<slug:slug>/", tag_detail, name="tag"),
    path("films/", views.film_list, name="films"),
    path("people/", views.person_list, name="people"),
    path("films/", include("films.urls")),
    path("films/<slug:slug>/", views.film, name="film"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("photos/", include("photos.urls")),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("feeds/", views.feeds_page, name="feeds"),
    path("feeds/rss.xml", feeds.ArticlesRSS(), name="feed"),
    path("feeds/atom.xml", feeds.ArticlesAtom(), name="atom"),
    path("feeds/feed.json", feeds.json_feed, name="json_feed"),
    path("feeds/links/rss.xml", feeds.LinksRSS(), name="links_feed"),
    path("feeds/links/atom.xml", feeds.LinksAtom(), name="links_atom"),
    path("feeds/facts/rss.xml", feeds.FactsRSS(), name="facts_feed"),
    path("feeds/facts/atom.xml", feeds.FactsAtom(), name="facts_atom"),
    path("feeds/draws/rss.xml", feeds.DrawsRSS(), name="draws_feed"),
    path("feeds/draws/atom.xml", feeds.DrawsAtom(), name="draws_atom"),
    path("feeds/corrections/rss.xml", feeds.CorrectionsRSS(), name="corrections_feed"),
    path("feeds/corrections/atom.xml", feeds.CorrectionsAtom(), name="corrections_atom"),
    path("feeds/requests/<slug:status>/rss.xml", feeds.RequestsRSS(), name="requests_feed"),
    path("feeds/requests/<slug:status>/atom.xml", feeds.RequestsAtom(), name="requests_atom"),
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
    path("my-data/", include("fans.urls")),
    path("mailbox/", mailbox, name="mailbox"),
    path("desk/", admin.site.urls),
]

handler404 = "cinemaclips.views.not_found"
handler500 = "cinemaclips.views.server_error"
