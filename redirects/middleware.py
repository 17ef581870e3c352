"""Before a 404 is sent, the page is looked for at the other URLs that it may have."""

import copy
from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import is_valid_path

from redirects.models import Redirect
from redirects.redirect_rules import candidate_targets

SAFE_METHODS = {"GET", "HEAD"}


class RedirectMiddleware:
    """
    Answers a URL that has moved with one 301 to a page that answers 200, or leaves the 404 as it is.

    The target is requested before the redirect is sent. So there is never a second redirect, never one
    to another site, and never one to a page that readers may not see.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE_METHODS and request.path_info == "/" and request.META.get("QUERY_STRING"):
            target = self._front_page_target(request)
            if target:
                return HttpResponsePermanentRedirect(target)
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in SAFE_METHODS:
            return response
        for target in candidate_targets(request.path_info, request.META.get("QUERY_STRING", "")):
            if target != request.path_info and self._is_reachable(request, target):
                return HttpResponsePermanentRedirect(target)
        return response

    def _front_page_target(self, request: HttpRequest) -> str | None:
        """Old sites gave every page an address such as /?p=12."""
        query = request.META["QUERY_STRING"]
        redirect = Redirect.objects.find_exact("/", query) if "\0" not in query else None
        return redirect.new_path if redirect and self._is_reachable(request, redirect.new_path) else None

    def _is_reachable(self, request: HttpRequest, target: str) -> bool:
        path, _, query = target.partition("?")
        if not is_valid_path(path.partition("#")[0]):
            return False
        inner_request = copy.copy(request)
        inner_request.__dict__.pop("GET", None)  # read anew from the target's own query
        inner_request.path = inner_request.path_info = path.partition("#")[0]
        inner_request.META = request.META | {"PATH_INFO": inner_request.path, "QUERY_STRING": query}
        response = self.get_response(inner_request)
        if isinstance(response, FileResponse) and response.file_to_stream:
            response.file_to_stream.close()
        # Staff who ask for the desk without its last slash are on their way to the log-in.
        to_log_in = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        return response.status_code == 200 or to_log_in
