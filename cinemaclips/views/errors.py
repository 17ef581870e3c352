"""The pages for a missing page and for an error of the server."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cinemaclips.database_outage import is_outage, respond_to_outage
from cinemaclips.request_ids import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for status 500, or the answer to an outage of the database; it runs no query."""
    if is_outage(sys.exception()):
        return respond_to_outage(request)
    context = {"site_url": settings.SITE_URL, "request_id": request_id.get()}
    return render(request, "500.html", context, status=500)
