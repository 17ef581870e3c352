"""Where everything meets: the front page, films, people, search, and the pages for when things go wrong."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cinemaclips import shelves
from cinemaclips.forms import SearchForm
from cinemaclips.front import places
from cinemaclips.joins import by_room
from cinemaclips.search import search_everything, suggestions
from cinemaclips.subjects import rooms
from films.models import Credit, Film, Person
from gallery.models import Picture
from magazine.models import Article, Contributor
from magazine.shortcuts import paginate
from reelrequests.beside import wanted_of
from reelrequests.models.requests import Status
from trivia.beside import facts_about

GATHERED, PICTURES = 30, 8
SHELF, NAMES = 48, 200


@require_safe
def front(request):
    return render(request, "front.html", places())


@require_safe
def film_list(request):
    films, facets = shelves.films(request.GET)
    context = {"page": paginate(films, request, SHELF), "facets": facets}
    return render(request, "films/film_list.html", context)


@require_safe
def person_list(request):
    people, facets = shelves.people(request.GET)
    context = {"page": paginate(people, request, NAMES), "facets": facets}
    return render(request, "films/person_list.html", context)


@require_safe
def film(request, slug):
    film = get_object_or_404(Film.objects.select_related("poster"), slug=slug)
    credits = film.credits.in_billing_order().select_related("person")
    page = paginate(Article.objects.published().about_film(film).newest_first().for_cards(), request, GATHERED)
    context = {
        "film": film,
        "credits": Credit.by_role(credits),
        "page": page,
        "rooms": by_room(page),
        "pictures": Picture.objects.published().filter(film=film)[:PICTURES],
        "genres": film.genres.all(),
        "releases": film.releases.all(),
        "wanted": wanted_of(film),
        **facts_about(film),
    }
    return render(request, "films/film_detail.html", context)


@require_safe
def person(request, slug):
    person = get_object_or_404(Person.objects.select_related("portrait"), slug=slug)
    credits = person.credits.order_by("-film__year", "role").select_related("film__poster")
    pieces = Article.objects.published().with_person(person).newest_first().for_cards()
    page = paginate(pieces, request, GATHERED)
    context = {
        "person": person,
        "films": Credit.by_film(credits),
        "page": page,
        "rooms": by_room(page),
        "pictures": Picture.objects.published().filter(people=person)[:PICTURES],
        "wanted": wanted_of(person),
        **facts_about(person),
    }
    return render(request, "films/person_detail.html", context)


@require_safe
def search(request):
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "words": words, **search_everything(words, request)}
    return render(request, "search.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request):
    """Suggestions as browsers know them: the words, then the titles."""
    words = request.GET.get("q", "")[:100]
    return JsonResponse(
        [words, suggestions(words)], safe=False, content_type="application/x-suggestions+json"
    )


@require_safe
def feeds_page(request):
    context = {
        "rooms": rooms(),
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
