"""Signing in at the desk: limits, a line in the log for each try, and a mail after one from a new browser."""

import logging
from datetime import datetime
from typing import Any, cast

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from cinemaclips.sign_in_limits import exceeded_limit, is_known, remember_browser
from fans import codes
from fans.models import Mail

log = logging.getLogger(__name__)
TOO_MANY = "too_many"


class SignInForm(AdminAuthenticationForm):
    """The form of the desk. A try over a limit is refused before the password is looked at."""

    def clean(self) -> dict[str, Any]:
        request = cast(HttpRequest, self.request)  # the view gives it
        exceeded = exceeded_limit(request, self.cleaned_data.get("username", ""))
        if exceeded:
            limit, is_first = exceeded
            if is_first:
                log.warning("Too many tries to sign in (limit of the %s); more are refused.", limit.name)
            minutes = int(limit.window.total_seconds() // 60)
            raise ValidationError(
                f"Too many tries to sign in. Nothing was checked, also if the password was right. Try again "
                f"in {minutes} minutes, or in a browser in which you have signed in before.",
                code=TOO_MANY,
                params={"seconds": minutes * 60},
            )
        try:
            return super().clean()
        except ValidationError:
            log.warning("A try to sign in failed.")
            raise


def finish_sign_in(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """
    The response of the sign-in page: status 429 over a limit; after a sign-in with a cookie for the browser.

    Somebody who signs in from a new browser gets a mail that says so.
    """
    if isinstance(response, TemplateResponse):
        form = (response.context_data or {}).get("form")
        if form is not None and form.is_bound and form.has_error("__all__", TOO_MANY):
            response.status_code = 429
            response.headers["Retry-After"] = str(form.errors.as_data()["__all__"][0].params["seconds"])
        return response
    if request.method == "POST" and isinstance(request.user, User):
        log.warning("Staff member %s signed in.", request.user.pk)
        if not is_known(request, request.user.username):
            remember_browser(response, request.user.username)
            notify_of_new_browser(request.user, timezone.now())
    return response


def notify_of_new_browser(user: User, now: datetime) -> None:
    """Mail the owner of an account that somebody has signed in from a browser that is not known yet."""
    _notify(user, "cinemaclips/mail/new_browser", now)


def notify_of_new_password(user: AbstractBaseUser | AnonymousUser, now: datetime) -> None:
    """Mail the owner of an account that its password was changed."""
    _notify(user, "cinemaclips/mail/new_password", now)


def _notify(user: Any, kind: str, now: datetime) -> None:
    if user.email:
        local = timezone.localtime(now)
        context = {"username": user.username, "at": f"{local:%-d %B %Y, %H:%M %Z}"}
        Mail.objects.enqueue(kind, user.email, key=f"{kind} {codes.random_code(26)}", context=context)
