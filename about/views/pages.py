"""The static pages, the staff, and the corrections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from about.models import Airing
from about.views.show import UPCOMING_SHOWN
from magazine.models import Article, Contributor, Correction, StaticPage
from magazine.shortcuts import paginate


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "pages": StaticPage.objects.exclude(heading=StaticPage.Heading.HIDDEN),
        "upcoming": Airing.objects.upcoming()[:UPCOMING_SHOWN],
        "staff": Contributor.objects.current().select_related("portrait"),
    }
    return render(request, "about/index.html", context)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(StaticPage, slug=slug)
    return render(request, "about/page.html", {"page": page})


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    people = Contributor.objects.select_related("portrait")
    return render(request, "about/staff.html", {"present": people.current(), "past": people.former()})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    page = paginate(Correction.objects.for_pieces(Article.objects.published()), request)
    return render(request, "about/corrections.html", {"page": page})
