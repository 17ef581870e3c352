"""The directory, on one page."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from links.models import Link


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    grouped = groupby(Link.objects.listed(), lambda link: link.category)
    context = {"categories": [(category, list(links)) for category, links in grouped]}
    return render(request, "links/directory.html", context)
