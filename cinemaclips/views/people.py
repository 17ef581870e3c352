"""The list of people, and the page of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cinemaclips import browse
from cinemaclips.aggregation import group_by_section
from cinemaclips.views.films import PIECES_PER_PAGE
from films.models import Credit, Person
from magazine.models import Article
from magazine.sections import merge_context, sections
from magazine.shortcuts import paginate

PEOPLE_PER_PAGE = 200


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    people, facets = browse.filter_people(request.GET)
    context = {"page": paginate(people, request, PEOPLE_PER_PAGE), "facets": facets}
    return render(request, "films/person_list.html", context)


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
