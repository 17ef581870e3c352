"""The pages for a new password, which look like the desk. Django's templates of the admin use these names."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import site
from django.contrib.auth.views import PasswordResetCompleteView, PasswordResetDoneView
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from cinemaclips.desk import DESK_CSP
from cinemaclips.password_reset import AskView, ConfirmView


def as_desk_page(view: type[Any]) -> Callable[..., HttpResponseBase]:
    """The view with the header and the content policy of the desk."""
    context = {"site_header": site.site_header, "site_title": site.site_title, "site_url": site.site_url}
    return never_cache(csp_override(DESK_CSP)(view.as_view(extra_context=context)))


urlpatterns = [
    path("password/", as_desk_page(AskView), name="admin_password_reset"),
    path("password/sent/", as_desk_page(PasswordResetDoneView), name="password_reset_done"),
    path("password/changed/", as_desk_page(PasswordResetCompleteView), name="password_reset_complete"),
    path("password/<uidb64>/<token>/", as_desk_page(ConfirmView), name="password_reset_confirm"),
]
