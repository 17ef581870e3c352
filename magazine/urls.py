"""URLs of the contributors' pages."""

from django.urls import path

from magazine import views

app_name = "contributors"
urlpatterns = [
    path("<slug:slug>/", views.contributor_detail, name="detail"),
]
