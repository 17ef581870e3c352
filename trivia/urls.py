from django.urls import path

from trivia import views

app_name = "trivia"
urlpatterns = [
    path("", views.fact_list, name="list"),
    path("sources/", views.sources, name="sources"),
    path("daily/", views.reel, name="today"),
    path("daily/archive/", views.reel_archive, name="archive"),
    path("daily/restore/", views.reel_restore, name="restore"),
    path("daily/titles/", views.titles, name="titles"),
    path("daily/<int:number>/", views.reel, name="reel"),
]
