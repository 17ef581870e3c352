"""Pages with pieces of all sections (front page, films, people, search, feeds), and the error pages."""

from operator import attrgetter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cinemaclips import browse
from cinemaclips.aggregation import group_by_section
from cinemaclips.forms import SearchForm
from cinemaclips.front_page import front_page_context
from cinemaclips.record_feed_urls import feed_links
from cinemaclips.search import search_everything, suggestions
from films.models import Credit, Film, Person
from magazine.models import Article, Contributor
from magazine.sections import CalendarLink, merge_context, piece_sections, sections
from magazine.shortcuts import paginate

PIECES_PER_PAGE, FILMS_PER_PAGE, PEOPLE_PER_PAGE = 30, 48, 200


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html", front_page_context())


@require_safe
def film_list(request: HttpRequest) -> HttpResponse:
    films, facets = browse.filter_films(request.GET)
    context = {"page": paginate(films, request, FILMS_PER_PAGE), "facets": facets}
    return render(request, "films/film_list.html", context)


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    people, facets = browse.filter_people(request.GET)
    context = {"page": paginate(people, request, PEOPLE_PER_PAGE), "facets": facets}
    return render(request, "films/person_list.html", context)


@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponse:
    film = get_object_or_404(Film.objects.select_related("poster"), slug=slug)
    credits = film.credits.in_billing_order().select_related("person")
    page = paginate(
        Article.objects.published().about_film(film).newest_first().for_cards(), request, PIECES_PER_PAGE
    )
    context = {
        "film": film,
        "credits": Credit.by_role(credits),
        "page": page,
        "pieces_by_section": group_by_section(page),
        "genres": film.genres.all(),
        "releases": film.releases.all(),
        **merge_context(section.film_context(film) for section in sections()),
    }
    return render(request, "films/film_detail.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(Person.objects.select_related("portrait"), slug=slug)
    credits = person.credits.order_by("-film__year", "role").select_related("film__poster")
    pieces = Article.objects.published().with_person(person).newest_first().for_cards()
    page = paginate(pieces, request, PIECES_PER_PAGE)
    context = {
        "person": person,
        "films": Credit.by_film(credits),
        "page": page,
        "pieces_by_section": group_by_section(page),
        **merge_context(section.person_context(person) for section in sections()),
    }
    return render(request, "films/person_detail.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET if "q" in request.GET else None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "query": query, **search_everything(query, request)}
    return render(request, "search.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggestions in the OpenSearch format: a JSON list of the query and the list of titles."""
    query = request.GET.get("q", "")[:100]
    return JsonResponse(
        [query, suggestions(query)], safe=False, content_type="application/x-suggestions+json"
    )


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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for status 500; it runs no query, since the database may be what failed."""
    return render(request, "500.html", {"site_url": settings.SITE_URL}, status=500)
