"""Every address of the magazine. A section is one line here."""

from django.contrib import admin
from django.urls import include, path

from cinemaclips import feeds, views

urlpatterns = [
    path("", views.front, name="home"),
    path("reviews/", include("reviews.urls")),
    path("interviews/", include("interviews.urls")),
    path("dvdelighted/", include("dvdelighted.urls")),
    path("gallery/", include("gallery.urls")),
    path("press/", include("press.urls")),
    path("picks/", include("picks.urls")),
    path("links/", include("links.urls")),
    path("blog/", include("blog.urls")),
    path("about/", include("about.urls")),
    path("contributors/", include("magazine.urls")),
    path("films/", include("films.urls")),
    path("films/<slug:slug>/", views.film, name="film"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("photos/", include("photos.urls")),
    path("search/", views.search, name="search"),
    path("feeds/rss.xml", feeds.SiteFeed(), name="feed"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("desk/", admin.site.urls),
]

handler404 = "cinemaclips.views.not_found"
handler500 = "cinemaclips.views.server_error"
