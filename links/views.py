"""The directory, on one page."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_safe

from links.models import Link


@require_safe
def directory(request):
    links = groupby(Link.objects.listed(), lambda link: link.category)
    context = {"categories": [(category, list(each)) for category, each in links]}
    return render(request, "links/directory.html", context)
