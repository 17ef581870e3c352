"""About the magazine: its static pages, the show, the staff, corrections, and the contact form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from about.airing_calendar import airings_ical
from about.forms import LetterForm
from about.models import Airing, Episode
from magazine.models import Article, Contributor, Correction, StaticPage
from magazine.shortcuts import get_piece_or_404, paginate, render_piece

UPCOMING_SHOWN = 4


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
def show(request: HttpRequest) -> HttpResponse:
    episodes = Episode.objects.published().newest_first().for_cards()
    context = {"page": paginate(episodes, request), "upcoming": Airing.objects.upcoming()[:UPCOMING_SHOWN]}
    return render(request, "about/show.html", context)


@require_safe
def episode_detail(request: HttpRequest, slug: str) -> HttpResponse:
    episode = get_piece_or_404(Episode.objects.for_page(), request, slug)
    context = {
        "segments": episode.segments.for_page(),
        "airings": episode.airings_with_channels,
        "related": episode.related(),
    }
    return render_piece(request, "about/episode_detail.html", episode, context)


@require_safe
@cache_control(public=True, max_age=3600)
def airings_ics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(airings_ical(), content_type="text/calendar; charset=utf-8")


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    people = Contributor.objects.select_related("portrait")
    return render(request, "about/staff.html", {"present": people.current(), "past": people.former()})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    page = paginate(Correction.objects.for_pieces(Article.objects.published()), request)
    return render(request, "about/corrections.html", {"page": page})


@csrf_exempt  # no login here, and a CSRF token would need a cookie; see fans.public_forms
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)  # each form has its own stamp
def contact(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET.get(name, "") for name in ("topic", "page")}
    form = LetterForm(request.POST if request.method == "POST" else None, request=request, initial=initial)
    if not form.is_bound:
        return render(request, "about/contact.html", {"form": form})
    if not form.is_valid():
        return render(request, "about/contact.html", {"form": form}, status=422)
    if form.throttle():
        return render(request, "about/contact.html", {"form": form, "rate_limited": True}, status=429)
    form.save()
    return redirect("about:thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "about/thanks.html")
