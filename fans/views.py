"""What we hold on somebody, for that somebody alone: seen, taken along, taken back, erased."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fans import holdings
from fans.forms import EraseForm, MyDataForm, address_behind
from fans.models import Fan
from fans.recognition import fan_of, forget, remember


@csrf_exempt  # nobody is logged in, and what another site sends brings no cookie (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def my_data(request):
    """All we hold, for a browser that knows its fan; for any other, the way to get there."""
    fan = fan_of(request)
    if fan is None:
        return _ask(request)
    if request.method == "POST":
        return _do(request, fan)
    return _shown(request, fan, EraseForm())


@require_safe
def link_sent(request):
    return render(request, "fans/link_sent.html")


@require_safe
def erased(request):
    return render(request, "fans/erased.html")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request, token):
    """A mailed link opens a page with a button; only the button opens the door."""
    email = address_behind(token)
    if email is None:
        return render(request, "fans/door_closed.html", status=404)
    if request.method != "POST":
        return render(request, "fans/door.html", {"email": email})
    response = redirect("fans:my_data")
    Fan.objects.confirm(email, timezone.now())
    remember(response, email)
    return response


@require_safe
@cache_control(private=True, no_store=True)
def my_data_file(request):
    fan = fan_of(request)
    if fan is None:
        return redirect("fans:my_data")
    response = JsonResponse(holdings.all_on(fan.email), json_dumps_params={"indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _ask(request):
    form = MyDataForm(request.POST if request.method == "POST" else None, request=request)
    if not form.is_bound:
        return render(request, "fans/my_data_ask.html", {"form": form})
    if not form.is_valid():
        return render(request, "fans/my_data_ask.html", {"form": form}, status=422)
    if form.floods():
        return render(request, "fans/my_data_ask.html", {"form": form, "flood": True}, status=429)
    form.send_link()
    return redirect("fans:link_sent")


def _shown(request, fan, form, status=200):
    context = {"fan": fan, "held": holdings.all_on(fan.email), "form": form}
    context["consents"] = fan.consents.standing()
    return render(request, "fans/my_data.html", context, status=status)


def _do(request, fan):
    """What the owner of the address has decided: leave this browser, take consent back, or erase."""
    if "withdraw" in request.POST:
        holdings.withdraw(fan, timezone.now())
        return redirect("fans:my_data")
    if "leave" in request.POST:
        response = redirect("fans:my_data")
    else:
        form = EraseForm(request.POST)
        if not form.is_valid():
            return _shown(request, fan, form, status=422)
        kept = holdings.erase_all(fan.email, timezone.now())
        response = render(request, "fans/erased.html", {"kept": kept}) if kept else redirect("fans:erased")
    forget(response)
    return response
