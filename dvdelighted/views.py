"""Views of disc reviews, of the comparison of a film's editions, and of the calendar of street dates."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dvdelighted.editions import comparison_rows
from dvdelighted.models import DiscReview, DiscReviewQuerySet
from dvdelighted.street_dates import Month, street_dates_ics
from films.models import Film, Release
from magazine.facets import apply_facets, build_facets, star_choices
from magazine.shortcuts import get_piece_or_404, paginate, related_context, render_piece

PAGE_SIZE = 17
FILTERS: dict[str, Callable[[Any, Any], Any]] = {
    "format": DiscReviewQuerySet.of_format,
    "rating": DiscReviewQuerySet.rated,
}


@require_safe
def disc_list(request: HttpRequest) -> HttpResponse:
    discs = DiscReview.objects.published()
    formats = [(Release.Format(format).label, format) for format in discs.formats() if format]
    disc_facets = build_facets(
        [("format", "Format", formats), ("rating", "Rating", star_choices())], request.GET
    )
    page = paginate(apply_facets(discs, disc_facets, FILTERS).newest_first().for_cards(), request, PAGE_SIZE)
    upcoming_releases = Release.objects.upcoming(limit=5)
    return render(
        request,
        "dvdelighted/disc_list.html",
        {"page": page, "facets": disc_facets, "upcoming_releases": upcoming_releases},
    )


@require_safe
def disc_detail(request: HttpRequest, slug: str) -> HttpResponse:
    disc = get_piece_or_404(DiscReview.objects.for_page().select_related("release"), request, slug)
    return render_piece(request, "dvdelighted/disc_detail.html", disc, related_context(disc))


@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    film = get_object_or_404(Film.objects.select_related("poster"), slug=slug)
    releases = list(film.releases.oldest_first())
    reviews = DiscReview.objects.newest_by_release(releases)
    context = {
        "film": film,
        "releases": releases,
        "rows": comparison_rows(releases, reviews),
        "reviews": reviews,
    }
    return render(request, "dvdelighted/editions.html", context)


@require_safe
def calendar(request: HttpRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    shown = Month.of(year, month)
    if shown is None:
        raise Http404
    releases = list(Release.objects.with_street_date_between(shown.first, shown.last))
    reviews = DiscReview.objects.newest_by_release(releases)
    previous_month, next_month = Release.objects.nearest_street_dates(shown.first, shown.last)
    days = shown.by_day(releases, reviews)
    context = {"month": shown, "days": days, "previous_month": previous_month, "next_month": next_month}
    return render(request, "dvdelighted/calendar.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def calendar_ics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(street_dates_ics(), content_type="text/calendar; charset=utf-8")
