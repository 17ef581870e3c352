"""Key art and backdrop of a film, as SVG."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from films import key_art
from films.models import Film


@require_safe
@cache_control(public=True, max_age=86400)
def art(request: HttpRequest, slug: str) -> HttpResponse:
    film = get_object_or_404(Film.objects.only("title", "year"), slug=slug)
    return _svg(key_art.key_art(film.title, film.year))


@require_safe
@cache_control(public=True, max_age=86400)
def backdrop(request: HttpRequest, slug: str) -> HttpResponse:
    film = get_object_or_404(Film.objects.only("title", "year"), slug=slug)
    return _svg(key_art.backdrop(film.title, film.year))


def _svg(document: str) -> HttpResponse:
    headers = {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(document, content_type="image/svg+xml", headers=headers)
