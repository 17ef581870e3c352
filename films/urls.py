"""URLs of the pictures that are drawn for a film."""

from django.urls import path

from films import views

app_name = "films"
urlpatterns = [
    path("<slug:slug>/art.svg", views.art, name="art"),
    path("<slug:slug>/backdrop.svg", views.backdrop, name="backdrop"),
]
