"""What is somebody's own: the requests they want, for their browser alone, and the way out of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fans.visitor_cookies import current_fan, read_browser_cookie
from reelrequests import asking
from reelrequests.forms import VoiceForm
from reelrequests.models import Voice

SHOWN = 100


@csrf_exempt  # the cookie is the key, and what another site sends brings none (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def yours(request):
    fan, browser = current_fan(request), read_browser_cookie(request)
    mine = Voice.objects.by(fan.email if fan else "", browser)
    if request.method == "POST":
        chosen = mine.filter(pk__in=[each for each in request.POST.getlist("voice") if each.isdigit()])
        asking.leave(list(chosen.select_related("request__merged_into")))
        return redirect("reelrequests:yours")
    voices = mine.select_related("request__piece", "request__merged_into__piece").order_by("-given_at", "-pk")
    context = {"voices": voices[:SHOWN], "fan": fan, "form": VoiceForm(auto_id=False)}
    return render(request, "reelrequests/yours.html", context)


@csrf_exempt  # the mail's key is all it takes: a mail program sends this by itself (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, key):
    """A mailed link opens a page with a button; a mail program presses it without the page."""
    voice = Voice.objects.select_related("request__merged_into").filter(key=key).first()
    if voice and request.method == "POST":
        asking.leave([voice])
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("You will hear no more of this.\n", content_type="text/plain; charset=utf-8")
        return render(request, "reelrequests/left.html", {"asked": voice.request})
    return render(request, "reelrequests/leave.html", {"voice": voice})
