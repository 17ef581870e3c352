"""The pages of "my data": a fan sees, exports and erases everything that we hold on the address."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fans import mailed_links, personal_data
from fans.forms import LOGIN_LINK, EraseForm, LoginLinkForm, email_from_token, mail_login_link
from fans.models import FanSession
from fans.visitor_cookies import current_session, end_session, start_session


@csrf_exempt  # a request that another site sends carries no fan cookie (SameSite)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything we hold on the fan of this browser; without a fan, the form that mails a log-in link."""
    session = current_session(request)
    if session is None:
        return _request_login_link(request)
    if request.method == "POST":
        return _handle_action(request, session)
    return _render_my_data(request, session, EraseForm())


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
    if email is None or mailed_links.is_used(token):
        return render(request, "fans/login_expired.html", status=404)
    if request.method != "POST":
        return render(request, "fans/login.html", {"email": email})
    response, now = redirect("fans:my_data"), timezone.now()
    with transaction.atomic():
        if not personal_data.export_all(email) or not mailed_links.use(token, now):
            return render(request, "fans/login_expired.html", status=404)
        start_session(response, email, LOGIN_LINK.time_of(token), now)
    return response


@require_safe
@cache_control(private=True, no_store=True)
def export(request: HttpRequest) -> HttpResponse:
    """All of it as a file, for a fan whose mail is fresh."""
    session = current_session(request)
    if session is None or not session.is_fresh(timezone.now()):
        return redirect("fans:my_data")
    response = JsonResponse(personal_data.export_all(session.fan.email), json_dumps_params={"indent": 2})
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


def _render_my_data(
    request: HttpRequest, session: FanSession, form: EraseForm, status: int = 200
) -> HttpResponse:
    """The page of a fan: all that we hold if the mail is fresh, else a button that asks for a fresh one."""
    fan, is_fresh = session.fan, session.is_fresh(timezone.now())
    context = {"fan": fan, "form": form, "is_fresh": is_fresh, "consents": fan.consents.active()}
    if is_fresh:
        context["personal_data"] = personal_data.export_all(fan.email)
    return render(request, "fans/my_data.html", context, status=status)


def _handle_action(request: HttpRequest, session: FanSession) -> HttpResponse:
    """Do what the fan has chosen: ask for a fresh mail, withdraw consent, leave this browser, erase all."""
    now = timezone.now()
    if "mail" in request.POST:
        mail_login_link(session.fan.email, now)
        return redirect("fans:link_sent")
    if "withdraw" in request.POST:
        personal_data.withdraw_consents(session.fan, now)
        return redirect("fans:my_data")
    if "leave" in request.POST:
        response = redirect("fans:my_data")
        end_session(request, response)
        return response
    return _erase(request, session, now)


def _erase(request: HttpRequest, session: FanSession, now: datetime) -> HttpResponse:
    """Erase everything if the box is ticked and the mail is fresh; otherwise show the page again."""
    form = EraseForm(request.POST)
    if not session.is_fresh(now):
        return _render_my_data(request, session, form, status=403)
    if not form.is_valid():
        return _render_my_data(request, session, form, status=422)
    retained = personal_data.erase_all(session.fan.email, now)
    response: HttpResponse = redirect("fans:erased")
    if retained:
        response = render(request, "fans/erased.html", {"retained": retained})
    end_session(request, response)
    return response
