"""Entering: the form, the page after it, and the page with the button behind the mailed link."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contest import entering
from contest.forms import PROOF_OF_WORK_BITS, TOO_YOUNG, EntryForm
from contest.models import Contest, Entry
from fans import signing
from fans.public_forms import STAMP
from fans.visitor_cookies import current_fan, start_session
from magazine.shortcuts import get_piece_or_404, render_piece

# No CSRF token is needed: nobody is logged in, and our cookies are not sent with requests from other sites.
open_to_all = csrf_exempt


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    with_page_data = Contest.objects.select_related("question_set").with_prizes().with_regions()
    contests = Contest.objects.for_entering() if request.method == "POST" else with_page_data
    contest = get_piece_or_404(contests, request, slug)
    now = timezone.now()
    if not contest.is_published or not contest.is_open_at(now):
        return _render_not_open(request, contest, now)
    if request.COOKIES.get(_age_cookie(contest)) == TOO_YOUNG:
        return _render_too_young(request, contest)
    if request.method == "POST":
        return _submit(request, contest, now)
    fan = current_fan(request)
    form = EntryForm(request=request, contest=contest, initial={"email": fan.email} if fan else None)
    return _render_form(request, contest, form)


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    contest = get_piece_or_404(Contest.objects.all(), request, slug)
    return render_piece(request, "contest/sent.html", contest, {})


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link. Only its button confirms, since some mail programs open links."""
    entry = entering.entry_from_token(token)
    if entry is None:
        return render(request, "contest/link_unknown.html", status=404)
    if request.method != "POST":
        return render(request, "contest/confirm.html", {"entry": entry, "late": _is_too_late(entry)})
    now = timezone.now()
    try:
        confirmed, is_first_use = entering.press_button(entry, token, now)
    except entering.ConfirmedTooLate:
        return render(request, "contest/confirm.html", {"entry": entry, "late": True}, status=409)
    if confirmed is None:
        return render(request, "contest/link_unknown.html", status=404)
    response = redirect(confirmed.receipt_url)
    if is_first_use:
        start_session(response, confirmed.email, entering.CONFIRM_LINK.time_of(token), now)
    return response


def _render_form(
    request: HttpRequest, contest: Contest, form: EntryForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "problem": problem, "work_bits": PROOF_OF_WORK_BITS}
    response = render_piece(request, "contest/enter.html", contest, context)
    response.status_code = status
    return response


def _submit(request: HttpRequest, contest: Contest, now: datetime) -> HttpResponse:
    form = EntryForm(request.POST, request=request, contest=contest)
    if form.is_too_young:
        return _render_too_young(request, contest)
    if not form.is_valid():
        return _render_form(request, contest, form, status=422)
    if form.throttle():
        return _render_form(request, contest, form, problem="flood", status=429)
    entry = entering.submit_entry(contest, form.build_entry(now))
    fan = current_fan(request)
    if fan and fan.email == entry.email:  # this browser has confirmed the address before: no mail is needed
        return redirect(entering.confirm_entry(entry, now).receipt_url)
    return redirect("contest:sent", contest.slug)


def _render_too_young(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The page for those under age. A session cookie remembers the answer; the server stores nothing."""
    response = render_piece(request, "contest/too_young.html", contest, {})
    response.status_code = 403
    response.set_cookie(_age_cookie(contest), TOO_YOUNG, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def _age_cookie(contest: Contest) -> str:
    """The name of the cookie that remembers who is too young for this contest, and for no other."""
    return f"{settings.COOKIE_PREFIX}age-{contest.pk}"


def _render_not_open(request: HttpRequest, contest: Contest, now: datetime) -> HttpResponse:
    """The page before the opening and after the close. What was sent is neither stored nor shown again."""
    late = request.method == "POST" and now >= contest.closes_at
    context = {
        "state": contest.state_at(now),
        "late": late,
        "began_in_time": late and _began_in_time(request, contest),
    }
    context["late_by"] = now - contest.closes_at if late else None
    response = render_piece(request, "contest/not_open.html", contest, context)
    response.status_code = 409 if request.method == "POST" else 200
    return response


def _began_in_time(request: HttpRequest, contest: Contest) -> bool:
    """Whether the form was opened before the close, as its signed stamp says."""
    try:
        return STAMP.is_older_than(request.POST.get("stamp", ""), timezone.now() - contest.closes_at)
    except signing.BadSignature:
        return False


def _is_too_late(entry: Entry) -> bool:
    return not entry.is_confirmed and timezone.now() >= entry.contest.confirm_by
