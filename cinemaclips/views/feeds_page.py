"""The page that lists every feed and calendar."""

from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cinemaclips.record_feed_urls import feed_links
from magazine.models import Article, Contributor
from magazine.sections import CalendarLink, piece_sections, sections


@require_safe
def feeds_page(request: HttpRequest) -> HttpResponse:
    context = {
        "record_feeds": feed_links(),
        "calendars": sorted(_calendars(), key=attrgetter("position")),
        "sections": piece_sections(),
        "tags": Article.objects.published().tag_counts(),
        "contributors": Contributor.objects.all(),
    }
    return render(request, "feeds.html", context)


def _calendars() -> list[CalendarLink]:
    return [calendar for section in sections() for calendar in section.calendars]
