"""URLs of the contributors' pages."""

from django.urls import path

from magazine.views import contributors

app_name = "contributors"
urlpatterns = [
    path("<slug:slug>/", contributors.contributor_detail, name="detail"),
]
