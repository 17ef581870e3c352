"""The list of films, and the page of a film."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cinemaclips import browse
from cinemaclips.aggregation import group_by_section
from films.models import Credit, Film
from magazine.models import Article
from magazine.page_blocks import FILM
from magazine.sections import add_sections
from magazine.shortcuts import paginate

PIECES_PER_PAGE, FILMS_PER_PAGE = 30, 48


@require_safe
def film_list(request: HttpRequest) -> HttpResponse:
    films, facets = browse.filter_films(request.GET)
    context = {"page": paginate(films, request, FILMS_PER_PAGE), "facets": facets}
    return render(request, "films/film_list.html", context)


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
    }
    context = add_sections(FILM, context, lambda section: section.film_context(film))
    return render(request, "films/film_detail.html", context)
