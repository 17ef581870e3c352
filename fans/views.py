"""The pages of "my data": a fan sees, exports and erases everything that we hold on the address."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fans import personal_data
from fans.forms import EraseForm, LoginLinkForm, email_from_token
from fans.models import Fan
from fans.visitor_cookies import current_fan, delete_fan_cookie, set_fan_cookie


@csrf_exempt  # a request that another site sends carries no fan cookie (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything we hold on the fan of this browser; without a fan, the form that mails a log-in link."""
    fan = current_fan(request)
    if fan is None:
        return _request_login_link(request)
    if request.method == "POST":
        return _handle_action(request, fan)
    return _render_personal_data(request, fan, EraseForm())


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "fans/link_sent.html")


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "fans/erased.html")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, token: str) -> HttpResponse:
    """A mailed link opens a page with a button; only the button logs in."""
    email = email_from_token(token)
    if email is None:
        return render(request, "fans/login_expired.html", status=404)
    if request.method != "POST":
        return render(request, "fans/login.html", {"email": email})
    response = redirect("fans:my_data")
    Fan.objects.confirm(email, timezone.now())
    set_fan_cookie(response, email)
    return response


@require_safe
@cache_control(private=True, no_store=True)
def export(request: HttpRequest) -> HttpResponse:
    fan = current_fan(request)
    if fan is None:
        return redirect("fans:my_data")
    response = JsonResponse(personal_data.export_all(fan.email), json_dumps_params={"indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _request_login_link(request: HttpRequest) -> HttpResponse:
    form = LoginLinkForm(request.POST if request.method == "POST" else None, request=request)
    if not form.is_bound:
        return render(request, "fans/request_login_link.html", {"form": form})
    if not form.is_valid():
        return render(request, "fans/request_login_link.html", {"form": form}, status=422)
    if form.throttle():
        context = {"form": form, "rate_limited": True}
        return render(request, "fans/request_login_link.html", context, status=429)
    form.send_link(timezone.now())
    return redirect("fans:link_sent")


def _render_personal_data(request: HttpRequest, fan: Fan, form: EraseForm, status: int = 200) -> HttpResponse:
    context = {"fan": fan, "personal_data": personal_data.export_all(fan.email), "form": form}
    context["consents"] = fan.consents.active()
    return render(request, "fans/my_data.html", context, status=status)


def _handle_action(request: HttpRequest, fan: Fan) -> HttpResponse:
    """Carry out what the fan has chosen: withdraw consent, log out of this browser, or erase everything."""
    if "withdraw" in request.POST:
        personal_data.withdraw_consents(fan, timezone.now())
        return redirect("fans:my_data")
    if "leave" in request.POST:
        response: HttpResponse = redirect("fans:my_data")
    else:
        form = EraseForm(request.POST)
        if not form.is_valid():
            return _render_personal_data(request, fan, form, status=422)
        retained = personal_data.erase_all(fan.email, timezone.now())
        if retained:
            response = render(request, "fans/erased.html", {"retained": retained})
        else:
            response = redirect("fans:erased")
    delete_fan_cookie(response)
    return response
