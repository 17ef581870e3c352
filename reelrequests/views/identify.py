"""The form for guessing a film that another reader is looking for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fans.visitor_cookies import current_fan
from reelrequests import reader_actions
from reelrequests.forms import GuessForm
from reelrequests.models import ReelRequest


@csrf_exempt  # nobody is logged in here; see fans.public_forms
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)  # each form has its own stamp
def guess(request: HttpRequest, pk: int) -> HttpResponse:
    to_identify = ReelRequest.objects.shown().filter(kind=ReelRequest.Kind.IDENTIFY)
    reel_request = get_object_or_404(to_identify, pk=pk)
    if reel_request.guesses.filter(is_accepted=True).exists():
        return redirect(reel_request)
    form = GuessForm(request.POST if request.method == "POST" else None, request=request)
    context = {"reel_request": reel_request, "form": form}
    if not form.is_bound:
        return render(request, "reelrequests/guess_form.html", context)
    if not form.is_valid():
        return render(request, "reelrequests/guess_form.html", context, status=422)
    if form.throttle():
        return render(request, "reelrequests/guess_form.html", context | {"is_limited": True}, status=429)
    reader_actions.submit_guess(form.build_guess(reel_request, current_fan(request), timezone.now()))
    return render(request, "reelrequests/guess_received.html", context)
