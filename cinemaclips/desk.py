"""The desk: Django's admin with the site's own header and a content security policy of its own."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from magazine.sections import desk_notices

# The hash of the one inline style that django-prose-editor 0.28 adds. A browser test fails if it changes.
EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
# The scripts of Django's admin and of the editor make markup from text, so Trusted Types cannot be required.
TRUSTED_TYPES = ("require-trusted-types-for", "trusted-types")
DESK_CSP: dict[str, Any] = {
    name: sources for name, sources in settings.SECURE_CSP.items() if name not in TRUSTED_TYPES
} | {
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE, EDITOR_STYLE_HASH],
    "img-src": [CSP.SELF, "data:"],
}


class ThumbnailAutocompleteView(AutocompleteJsonView):
    """Results for the autocomplete fields, with a thumbnail and the URL of the object where there is one."""

    def serialize_result(self, obj: Any, to_field_name: str) -> Any:
        result = super().serialize_result(obj, to_field_name)
        if hasattr(obj, "thumbnail_url"):
            result["thumbnail"] = obj.thumbnail_url()
        if hasattr(obj, "art_url"):
            result["thumbnail"], result["slug"] = obj.art_url, obj.slug
        return result


class Desk(admin.AdminSite):
    site_header = "cinemaCLIPS · the desk"
    site_title = "The desk"
    index_title = "The desk"
    site_url = "/"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return csp_override(DESK_CSP)(super().admin_view(view, cacheable))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page, with what every section has to say about things that do not work."""
        notices = desk_notices(timezone.now())
        return super().index(request, (extra_context or {}) | {"desk_notices": notices})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The sign-in page, with its limits."""
        from cinemaclips import sign_in  # noqa: PLC0415 - Django imports this module before the models

        self.login_form = sign_in.SignInForm
        return sign_in.finish_sign_in(request, super().login(request, extra_context))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The form for a new password. Other sessions of the account end, and its owner gets a mail."""
        from cinemaclips import sign_in  # noqa: PLC0415

        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            sign_in.notify_of_new_password(request.user, timezone.now())
        return response

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ThumbnailAutocompleteView.as_view(admin_site=self)(request)
