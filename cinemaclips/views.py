"""Where everything meets: the front page, films, people, search, and the pages for when things go wrong."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cinemaclips import browse
from cinemaclips.aggregation import group_by_section
from cinemaclips.feed_subjects import nav_sections
from cinemaclips.forms import SearchForm
from cinemaclips.front_page import front_page_context
from cinemaclips.search import search_everything, suggestions
from films.models import Credit, Film, Person
from gallery.models import Picture
from magazine.models import Article, Contributor
from magazine.shortcuts import paginate
from reelrequests.models.requests import Status
from reelrequests.related_context import most_wanted_about
from trivia.related_context import facts_context

PIECES_PER_PAGE, PICTURES_SHOWN = 30, 8
FILMS_PER_PAGE, PEOPLE_PER_PAGE = 48, 200


@require_safe
def front(request):
    return render(request, "front.html", front_page_context())


@require_safe
def film_list(request):
    films, facets = browse.filter_films(request.GET)
    context = {"page": paginate(films, request, FILMS_PER_PAGE), "facets": facets}
    return render(request, "films/film_list.html", context)


@require_safe
def person_list(request):
    people, facets = browse.filter_people(request.GET)
    context = {"page": paginate(people, request, PEOPLE_PER_PAGE), "facets": facets}
    return render(request, "films/person_list.html", context)


@require_safe
def film(request, slug):
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
        "pictures": Picture.objects.published().filter(film=film)[:PICTURES_SHOWN],
        "genres": film.genres.all(),
        "releases": film.releases.all(),
        "wanted": most_wanted_about(film),
        **facts_context(film),
    }
    return render(request, "films/film_detail.html", context)


@require_safe
def person(request, slug):
    person = get_object_or_404(Person.objects.select_related("portrait"), slug=slug)
    credits = person.credits.order_by("-film__year", "role").select_related("film__poster")
    pieces = Article.objects.published().with_person(person).newest_first().for_cards()
    page = paginate(pieces, request, PIECES_PER_PAGE)
    context = {
        "person": person,
        "films": Credit.by_film(credits),
        "page": page,
        "pieces_by_section": group_by_section(page),
        "pictures": Picture.objects.published().filter(people=person)[:PICTURES_SHOWN],
        "wanted": most_wanted_about(person),
        **facts_context(person),
    }
    return render(request, "films/person_detail.html", context)


@require_safe
def search(request):
    form = SearchForm(request.GET if "q" in request.GET else None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "query": query, **search_everything(query, request)}
    return render(request, "search.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request):
    """Suggestions as browsers know them: the words, then the titles."""
    query = request.GET.get("q", "")[:100]
    return JsonResponse(
        [query, suggestions(query)], safe=False, content_type="application/x-suggestions+json"
    )


@require_safe
def feeds_page(request):
    context = {
        "sections": nav_sections(),
        "tags": Article.objects.published().tag_counts(),
        "contributors": Contributor.objects.all(),
        "statuses": Status.choices,
    }
    return render(request, "feeds.html", context)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    """The page for our own mistakes: it asks nothing of the database."""
    return render(request, "500.html", {"site_url": settings.SITE_URL}, status=500)
