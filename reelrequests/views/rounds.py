"""The monthly round: vote, and see what came out."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fans.visitor_cookies import current_fan, new_browser_id, read_browser_cookie, set_browser_cookie
from reelrequests import voting
from reelrequests.models import Round
from reelrequests.views.asking import too_many_from_here

TOO_MANY = "That is more than we can take from one place in an hour. Please vote again later."


@csrf_exempt  # nobody is logged in here, and what another site sends brings no cookie (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
def round_detail(request, pk):
    now = timezone.now()
    vote = get_object_or_404(Round.objects.begun(now), pk=pk)
    if request.method == "POST":
        return _voted(request, vote, now)
    return _page(request, vote, now)


def _page(request, vote, now, trouble="", status=200):
    context = {"vote": vote, "is_open": vote.is_open_at(now), "result": vote.result(), "trouble": trouble}
    context["cast"] = "cast" in request.GET
    return render(request, "reelrequests/round.html", context, status=status)


def _voted(request, vote, now):
    chosen = request.POST.get("candidate", "")
    candidate = vote.candidates.filter(pk=chosen).first() if chosen.isdigit() else None
    if not vote.is_open_at(now):
        return _page(request, vote, now, "This round is closed: below is what came out.", 409)
    if candidate is None:
        return _page(request, vote, now, "Choose one of the requests first.", 422)
    if too_many_from_here(request):
        return _page(request, vote, now, TOO_MANY, 429)
    fan, browser = current_fan(request), read_browser_cookie(request)
    response = redirect(f"{vote.get_absolute_url()}?cast=1")
    if not browser:
        browser = new_browser_id()
        set_browser_cookie(response, browser)
    voting.vote(candidate, fan.email if fan else "", browser, now)
    return response
