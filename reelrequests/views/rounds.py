"""The monthly round: the ballot and its result."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fans.visitor_cookies import current_fan, new_browser_id, read_browser_cookie, set_browser_cookie
from reelrequests import round_voting
from reelrequests.models import Round
from reelrequests.views.reader_actions import hit_vote_limit

TOO_MANY_VOTES = "That is more than we can take from one place in an hour. Please vote again later."


@csrf_exempt  # nobody is logged in here, and a form on another site does not send our cookies (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    voting_round = get_object_or_404(Round.objects.begun(now), pk=pk)
    if request.method == "POST":
        return _save_vote(request, voting_round, now)
    return _render_round(request, voting_round, now)


def _render_round(
    request: HttpRequest, voting_round: Round, now: datetime, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"round": voting_round, "is_open": voting_round.is_open_at(now), "error": error}
    context |= {"result": voting_round.result(), "is_just_cast": "cast" in request.GET}
    return render(request, "reelrequests/round_detail.html", context, status=status)


def _save_vote(request: HttpRequest, voting_round: Round, now: datetime) -> HttpResponse:
    chosen_pk = request.POST.get("candidate", "")
    candidate = voting_round.candidates.filter(pk=chosen_pk).first() if chosen_pk.isdigit() else None
    if not voting_round.is_open_at(now):
        return _render_round(request, voting_round, now, "This round is closed: below is what came out.", 409)
    if candidate is None:
        return _render_round(request, voting_round, now, "Choose one of the requests first.", 422)
    if hit_vote_limit(request):
        return _render_round(request, voting_round, now, TOO_MANY_VOTES, 429)
    fan, browser = current_fan(request), read_browser_cookie(request)
    response = redirect(f"{voting_round.get_absolute_url()}?cast=1")
    if not browser:
        browser = new_browser_id()
        set_browser_cookie(response, browser)
    round_voting.cast_vote(candidate, fan.email if fan else "", browser, now)
    return response
