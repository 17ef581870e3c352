"""The list of people, and the page of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cinemaclips import browse
from cinemaclips.aggregation import group_by_section
from cinemaclips.views.films import PIECES_PER_PAGE
from films.models import Credit, Person
from magazine.models import Article
from magazine.page_blocks import PERSON
from magazine.sections import add_sections
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
    }
    context = add_sections(PERSON, context, lambda section: section.person_context(person))
    return render(request, "films/person_detail.html", context)
