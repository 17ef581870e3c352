from django.urls import path

from press import views

app_name = "press"
urlpatterns = [
    path("", views.press_room, name="list"),
    path("kit.zip", views.download_kit, name="kit"),
    path("about-us/", views.mentions, name="mentions"),
    path("<slug:slug>/", views.release_detail, name="detail"),
]
