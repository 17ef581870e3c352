"""Asking, wanting it too, and the button behind the mail."""

from datetime import timedelta

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fans.email_addresses import canonical_email
from fans.limits import client_network, record_hit
from fans.visitor_cookies import (
    current_fan,
    new_browser_id,
    read_browser_cookie,
    set_browser_cookie,
    set_fan_cookie,
)
from reelrequests import asking
from reelrequests.covered import answers_on
from reelrequests.forms import RequestForm, VoiceForm
from reelrequests.models import ReelRequest
from reelrequests.similar import similar_to

VOICES_AN_HOUR = 30  # from one network
NEW_BROWSERS_AN_HOUR = 20


# Nobody is logged in here, and what another site sends brings no cookie (SameSite).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)  # each form has its own stamp
def ask(request):
    first = {name: request.GET.get(name, "") for name in ("kind", "title") if request.GET.get(name)}
    form = RequestForm(request.POST if request.method == "POST" else None, request=request, initial=first)
    if not form.is_bound:
        return render(request, "reelrequests/ask.html", {"form": form})
    if not form.is_valid():
        return render(request, "reelrequests/ask.html", {"form": form}, status=422)
    made = asking.understood(form.request_made(timezone.now()))
    if not form.cleaned_data["sure"]:
        known, similar = answers_on(made), similar_to(made.title)
        if known or similar:
            context = {"form": form, "known": known, "similar": similar}
            return render(request, "reelrequests/before.html", context)
    if form.throttle() or _is_one_browser_too_many(request):
        return render(request, "reelrequests/ask.html", {"form": form, "flood": True}, status=429)
    return _kept(request, lambda fan, browser: asking.ask(made, form.cleaned_data["email"], fan, browser))


@require_safe
@cache_control(public=True, max_age=60)
def similar(request):
    """Requests like what is being typed: for the script beside the form."""
    found = similar_to(request.GET.get("q", "")[:160])
    told = [[each.title, each.get_absolute_url(), each.voices] for each in found]
    return JsonResponse({"similar": told})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request, pk):
    """Me too. Whoever only looks is led to the request."""
    asked = get_object_or_404(ReelRequest.objects.shown().select_related("piece"), pk=pk)
    if request.method != "POST" or not asked.is_open:
        return redirect(asked)
    form = VoiceForm(request.POST)
    context = {"asked": asked, "form": form}
    if not form.is_valid():
        return render(request, "reelrequests/join.html", context, status=422)
    if form.is_a_program:  # it gets the page that a person gets, and no voice
        return redirect("reelrequests:yours")
    if too_many_from_here(request):
        return render(request, "reelrequests/join.html", context | {"flood": True}, status=429)
    email = form.cleaned_data["email"]
    return _kept(request, lambda fan, browser: asking.join(asked, email, fan, browser, timezone.now()))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """A mailed link opens a page with a button; only the button counts."""
    voice = asking.voice_behind(token)
    if voice is None:
        return render(request, "reelrequests/link_unknown.html", status=404)
    if request.method != "POST":
        return render(request, "reelrequests/confirm.html", {"voice": voice})
    standing = asking.confirm(voice, read_browser_cookie(request), timezone.now())
    response = redirect("reelrequests:yours")
    set_fan_cookie(response, standing.email)
    return response


def _kept(request, keep):
    """Keep what was sent for the person who sends it, and lead them to what is theirs."""
    fan, browser = current_fan(request), read_browser_cookie(request)
    typed = canonical_email(request.POST.get("email", ""))
    if fan and typed and typed != fan.email:  # somebody else at the same browser
        fan = None
    response = redirect("reelrequests:yours")
    if not browser:
        browser = new_browser_id()
        set_browser_cookie(response, browser)
    keep(fan, browser)
    return response


def too_many_from_here(request):
    """Whether more voices and votes come from this network than people live there; counts this one."""
    often = record_hit("voice", client_network(request), timedelta(hours=1)) > VOICES_AN_HOUR
    return often or _is_one_browser_too_many(request)


def _is_one_browser_too_many(request):
    """Whoever throws the cookie away is a new browser each time; there are not that many in one place."""
    if read_browser_cookie(request):
        return False
    return record_hit("browser", client_network(request), timedelta(hours=1)) > NEW_BROWSERS_AN_HOUR
