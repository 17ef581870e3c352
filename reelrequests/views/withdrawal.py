"""A reader's own votes, and how to withdraw them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fans.visitor_cookies import current_fan, read_browser_cookie
from reelrequests import reader_actions
from reelrequests.forms import VoteForm
from reelrequests.models import Vote

MAX_VOTES_SHOWN = 100


@csrf_exempt  # the cookie is the proof, and a form on another site does not send it (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def your_requests(request: HttpRequest) -> HttpResponse:
    fan, browser = current_fan(request), read_browser_cookie(request)
    own_votes = Vote.objects.by_person(fan.email if fan else "", browser)
    if request.method == "POST":
        chosen = own_votes.filter(pk__in=[pk for pk in request.POST.getlist("vote") if pk.isdigit()])
        reader_actions.withdraw(list(chosen.select_related("request__merged_into")))
        return redirect("reelrequests:yours")
    votes = own_votes.select_related("request__piece", "request__merged_into__piece").order_by(
        "-voted_at", "-pk"
    )
    context = {"votes": votes[:MAX_VOTES_SHOWN], "fan": fan, "form": VoteForm(auto_id=False)}
    return render(request, "reelrequests/your_requests.html", context)


@csrf_exempt  # the key in the link is the proof: mail programs send this POST themselves (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a page with a button. POST withdraws the vote; mail programs send it too (RFC 8058)."""
    vote = Vote.objects.select_related("request__merged_into").filter(withdraw_key=key).first()
    if vote and request.method == "POST":
        reader_actions.withdraw([vote])
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("You will hear no more of this.\n", content_type="text/plain; charset=utf-8")
        return render(request, "reelrequests/withdrawn.html", {"reel_request": vote.request})
    return render(request, "reelrequests/withdraw.html", {"vote": vote})
