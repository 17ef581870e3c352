"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cinemaclips.front_page import front_page_context


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html", front_page_context())
