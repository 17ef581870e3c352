"""The TV show: its episodes and when they are on the air."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from about.airing_calendar import airings_ical
from about.models import Airing, Episode
from magazine.shortcuts import get_piece_or_404, paginate, render_piece

UPCOMING_SHOWN = 4


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    episodes = Episode.objects.published().newest_first().for_cards()
    context = {"page": paginate(episodes, request), "upcoming": Airing.objects.upcoming()[:UPCOMING_SHOWN]}
    return render(request, "about/show.html", context)


@require_safe
def episode_detail(request: HttpRequest, slug: str) -> HttpResponse:
    episode = get_piece_or_404(Episode.objects.for_page(), request, slug)
    context = {
        "segments": episode.segments.for_page(),
        "airings": episode.airings_with_channels,
        "related": episode.related(),
    }
    return render_piece(request, "about/episode_detail.html", episode, context)


@require_safe
@cache_control(public=True, max_age=3600)
def airings_ics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(airings_ical(), content_type="text/calendar; charset=utf-8")
