"""The list of disc reviews, a disc, the editions of a film side by side, the street-date calendar."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dvdelighted.editions import side_by_side
from dvdelighted.models import DiscReview, DiscReviewQuerySet
from dvdelighted.street_dates import Month, feed_of_dates
from films.models import Film, Release
from magazine.facets import apply_facets, build_facets, star_choices
from magazine.shortcuts import related_context, paginate, get_piece_or_404, render_piece

SHELF = 17
NARROWING = {"format": DiscReviewQuerySet.on_format, "rating": DiscReviewQuerySet.rated}


@require_safe
def disc_list(request):
    discs = DiscReview.objects.published()
    formats = [(Release.Format(format).label, format) for format in discs.formats()]
    chosen = build_facets([("format", "Format", formats), ("rating", "Rating", star_choices())], request.GET)
    page = paginate(apply_facets(discs, chosen, NARROWING).newest_first().for_cards(), request, SHELF)
    coming = Release.objects.upcoming(limit=5)
    return render(request, "dvdelighted/disc_list.html", {"page": page, "facets": chosen, "coming": coming})


@require_safe
def disc_detail(request, slug):
    disc = get_piece_or_404(DiscReview.objects.for_page().select_related("release"), request, slug)
    return render_piece(request, "dvdelighted/disc_detail.html", disc, related_context(disc))


@require_safe
def editions(request, slug):
    film = get_object_or_404(Film.objects.select_related("poster"), slug=slug)
    releases = list(film.releases.oldest_first())
    reviews = DiscReview.objects.by_release(releases)
    context = {
        "film": film,
        "releases": releases,
        "rows": side_by_side(releases, reviews),
        "reviews": reviews,
    }
    return render(request, "dvdelighted/editions.html", context)


@require_safe
def calendar(request, year=None, month=None):
    month = Month.of(year, month)
    if month is None:
        raise Http404
    releases = list(Release.objects.with_street_date_between(month.first, month.last))
    reviews = DiscReview.objects.by_release(releases)
    before, after = Release.objects.nearest_street_dates(month.first, month.last)
    days = month.by_day(releases, reviews)
    context = {"month": month, "days": days, "before": before, "after": after}
    return render(request, "dvdelighted/calendar.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def calendar_ics(request):
    return HttpResponse(feed_of_dates(), content_type="text/calendar; charset=utf-8")
