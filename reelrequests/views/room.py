"""The room: what readers ask for, and one request with what became of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from magazine.facets import apply_facets, build_facets
from magazine.shortcuts import paginate
from reelrequests.forms import VoiceForm
from reelrequests.models import ReelRequest, Round
from reelrequests.models.requests import Status
from reelrequests.plans import feed_of_plans

NARROWING = {
    "status": lambda requests, status: requests.in_status(status),
    "kind": lambda requests, kind: requests.filter(kind=kind),
    "order": lambda requests, _: requests.newest_first(),
}


@require_safe
def request_list(request):
    kinds = [
        ("status", "Status", [(label, value) for value, label in Status.choices]),
        ("kind", "Kind", [(label, value) for value, label in ReelRequest.Kind.choices]),
        ("order", "Order", [("Newest first", "new")]),
    ]
    chosen = build_facets(kinds, request.GET)
    shown = ReelRequest.objects.shown().most_wanted().for_rows()
    if not chosen[0].chosen:
        shown = shown.open()
    context = {
        "page": paginate(apply_facets(shown, chosen, NARROWING), request),
        "facets": chosen,
        "round": Round.objects.begun(timezone.now()).first(),
        "now": timezone.now(),
    }
    return render(request, "reelrequests/request_list.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def planned_ics(request):
    return HttpResponse(feed_of_plans(), content_type="text/calendar; charset=utf-8")


@require_safe
def request_detail(request, pk):
    """One request. What is part of another one leads there; what nobody has looked at is not there."""
    asked = get_object_or_404(ReelRequest.objects.for_page(), pk=pk)
    if asked.look == ReelRequest.Look.SHOWN and asked.merged_into_id:
        return redirect(asked.merged_into)
    if not asked.is_public:
        raise Http404
    standing = asked.standing
    is_riddle = asked.kind == ReelRequest.Kind.RIDDLE
    context = {
        "asked": asked,
        "standing": standing,
        "form": VoiceForm(auto_id="id_voice_%s"),
        "steps": asked.steps.all(),
        "airings": asked.piece.piece.airings_with_channels if standing == Status.ON_AIR else [],
        "guesses": list(asked.guesses.shown().select_related("film")) if is_riddle else [],
    }
    return render(request, "reelrequests/request_detail.html", context)
