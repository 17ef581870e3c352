"""The pages for a missing page and for an error of the server."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for status 500; it runs no query, since the database may be what failed."""
    return render(request, "500.html", {"site_url": settings.SITE_URL}, status=500)
