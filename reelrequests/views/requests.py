"""The list of requests, one request, and the calendar of planned ones."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from magazine.facets import apply_facets, build_facets
from magazine.models import Article
from magazine.shortcuts import paginate
from reelrequests.forms import VoteForm
from reelrequests.models import ReelRequest, Round
from reelrequests.models.statuses import Status
from reelrequests.plans import planned_calendar

FILTERS = {
    "status": lambda reel_requests, status: reel_requests.with_public_status(status),
    "kind": lambda reel_requests, kind: reel_requests.filter(kind=kind),
    "order": lambda reel_requests, _: reel_requests.newest_first(),
}


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    kinds = [
        ("status", "Status", [(label, value) for value, label in Status.choices]),
        ("kind", "Kind", [(label, value) for value, label in ReelRequest.Kind.choices]),
        ("order", "Order", [("Newest first", "new")]),
    ]
    chosen = build_facets(kinds, request.GET)
    reel_requests = ReelRequest.objects.shown().most_wanted().for_rows()
    if not chosen[0].chosen:
        reel_requests = reel_requests.open()
    context = {
        "page": paginate(apply_facets(reel_requests, chosen, FILTERS), request),
        "facets": chosen,
        "round": Round.objects.begun(timezone.now()).first(),
        "now": timezone.now(),
    }
    return render(request, "reelrequests/request_list.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def planned_ics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(planned_calendar(), content_type="text/calendar; charset=utf-8")


@require_safe
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one request. A merged request redirects to its primary; one not shown by staff is a 404."""
    reel_request = get_object_or_404(ReelRequest.objects.for_page(), pk=pk)
    if reel_request.moderation == ReelRequest.Moderation.SHOWN and reel_request.merged_into:
        return redirect(reel_request.merged_into)
    if not reel_request.is_public:
        raise Http404
    public_status = reel_request.public_status
    is_identify = reel_request.kind == ReelRequest.Kind.IDENTIFY
    context = {
        "reel_request": reel_request,
        "public_status": public_status,
        "form": VoteForm(auto_id="id_vote_%s"),
        "steps": reel_request.steps.all(),
        "airings": _airings(reel_request) if public_status == Status.ON_AIR else [],
        "guesses": list(reel_request.guesses.shown().select_related("film")) if is_identify else [],
    }
    return render(request, "reelrequests/request_detail.html", context)


def _airings(reel_request: ReelRequest) -> Any:
    """When the episode that covers a request is on air. Only episodes have air times (`SHOW_SECTION`)."""
    episode: Any = cast(Article, reel_request.piece).piece  # the type belongs to another section
    return episode.airings_with_channels
