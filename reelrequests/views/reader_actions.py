"""The forms that send a request, vote for one, and confirm a vote."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fans import mailed_links
from fans.client_networks import client_network
from fans.email_addresses import canonical_email
from fans.limits import record_hit
from fans.models import Fan
from fans.visitor_cookies import (
    current_fan,
    new_browser_id,
    read_browser_cookie,
    set_browser_cookie,
    start_session,
)
from reelrequests import reader_actions
from reelrequests.existing_coverage import existing_coverage
from reelrequests.forms import RequestForm, VoteForm
from reelrequests.models import ReelRequest
from reelrequests.similar import similar_to

MAX_VOTES_PER_HOUR = 30  # from one network
MAX_NEW_BROWSERS_PER_HOUR = 20


# No CSRF token is needed: nobody is logged in, and forms on other sites do not send our cookies (SameSite).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)  # each form has its own stamp
def submit_request(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET.get(name, "") for name in ("kind", "title") if request.GET.get(name)}
    form = RequestForm(request.POST if request.method == "POST" else None, request=request, initial=initial)
    if not form.is_bound:
        return render(request, "reelrequests/request_form.html", {"form": form})
    if not form.is_valid():
        return render(request, "reelrequests/request_form.html", {"form": form}, status=422)
    reel_request = reader_actions.match_subject(form.build_request(timezone.now()))
    if not form.cleaned_data["send_anyway"]:
        coverage, similar = existing_coverage(reel_request), similar_to(reel_request.title)
        if coverage or similar:
            context = {"form": form, "coverage": coverage, "similar": similar}
            return render(request, "reelrequests/existing_matches.html", context)
    if form.throttle() or _hit_new_browser_limit(request):
        return render(
            request, "reelrequests/request_form.html", {"form": form, "is_limited": True}, status=429
        )
    email = form.cleaned_data["email"]
    return _save_for_visitor(
        request, lambda fan, browser: reader_actions.submit_request(reel_request, email, fan, browser)
    )


@require_safe
@cache_control(public=True, max_age=60)
def similar_requests(request: HttpRequest) -> JsonResponse:
    """Requests similar to the title in `?q=`, for the script of the form: title, URL path and votes."""
    found = similar_to(request.GET.get("q", "")[:160])
    rows = [[similar.title, similar.get_absolute_url(), similar.vote_count] for similar in found]
    return JsonResponse({"similar": rows})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """POST adds a vote. GET redirects to the page of the request."""
    reel_request = get_object_or_404(ReelRequest.objects.shown().select_related("piece"), pk=pk)
    if request.method != "POST" or not reel_request.is_open:
        return redirect(reel_request)
    form = VoteForm(request.POST)
    context = {"reel_request": reel_request, "form": form}
    if not form.is_valid():
        return render(request, "reelrequests/vote_form.html", context, status=422)
    if form.is_bot:  # it gets the same page as a person, but its vote is not stored
        return redirect("reelrequests:yours")
    if hit_vote_limit(request):
        return render(request, "reelrequests/vote_form.html", context | {"is_limited": True}, status=429)
    email = form.cleaned_data["email"]
    return _save_for_visitor(
        request,
        lambda fan, browser: reader_actions.add_vote(reel_request, email, fan, browser, timezone.now()),
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_vote(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a page with a button; only POST confirms the vote, so that a mail scanner cannot do it."""
    vote = reader_actions.vote_from_token(token)
    if vote is None:
        return render(request, "reelrequests/unknown_link.html", status=404)
    if request.method != "POST":
        return render(request, "reelrequests/confirm_vote.html", {"vote": vote})
    response, now = redirect("reelrequests:yours"), timezone.now()
    with transaction.atomic():
        if mailed_links.use(token, now):  # a second press changes nothing and recognises nobody
            confirmed = reader_actions.confirm_vote(vote, read_browser_cookie(request), now)
            start_session(response, confirmed.email, reader_actions.CONFIRM_LINK.time_of(token), now)
    return response


def _save_for_visitor(request: HttpRequest, save: Callable[[Fan | None, str], object]) -> HttpResponse:
    """
    Call `save` with the fan and the browser ID of this visitor, and redirect to "Your requests".

    A visitor without a browser cookie gets one.
    """
    fan, browser = current_fan(request), read_browser_cookie(request)
    typed_email = canonical_email(request.POST.get("email", ""))
    if fan and typed_email and typed_email != fan.email:  # somebody else at the same browser
        fan = None
    response = redirect("reelrequests:yours")
    if not browser:
        browser = new_browser_id()
        set_browser_cookie(response, browser)
    save(fan, browser)
    return response


def hit_vote_limit(request: HttpRequest) -> bool:
    """Count this vote. True if its network has sent too many votes or new browsers in this hour."""
    is_over = record_hit("vote", client_network(request), timedelta(hours=1)) > MAX_VOTES_PER_HOUR
    return is_over or _hit_new_browser_limit(request)


def _hit_new_browser_limit(request: HttpRequest) -> bool:
    """
    Count a visitor without a browser cookie. True if its network has sent too many of them in this hour.

    This stops a program that drops the cookie after each vote.
    """
    if read_browser_cookie(request):
        return False
    return record_hit("browser", client_network(request), timedelta(hours=1)) > MAX_NEW_BROWSERS_PER_HOUR
