"""Before a 404 is sent, tries the other URLs at which the page may be."""

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
    Replaces a 404 by a 301 to the page's present URL, if the page is found.

    Each candidate is requested internally first, and only one that returns 200 is redirected to (or, for
    the desk, one that leads to the login page). So a redirect never leads to a second one of ours, to
    another site, or to a page that this reader may not see.
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
        """
        The present URL of a page that had a URL such as /?p=12 on the old site; None if there is none.

        The front page answers such a URL with 200, so it must be tried before the view.
        """
        query = request.META["QUERY_STRING"]
        redirect = Redirect.objects.find_exact("/", query) if "\0" not in query else None
        return redirect.new_path if redirect and self._is_reachable(request, redirect.new_path) else None

    def _is_reachable(self, request: HttpRequest, target: str) -> bool:
        path, _, query = target.partition("?")
        if not is_valid_path(path.partition("#")[0]):
            return False
        inner_request = copy.copy(request)
        inner_request.__dict__.pop("GET", None)  # cached_property: computed again from the new QUERY_STRING
        inner_request.path = inner_request.path_info = path.partition("#")[0]
        inner_request.META = request.META | {"PATH_INFO": inner_request.path, "QUERY_STRING": query}
        response = self.get_response(inner_request)
        if isinstance(response, FileResponse) and response.file_to_stream:
            response.file_to_stream.close()
        # /desk without its slash: the target redirects those who are not logged in to the login page.
        to_log_in = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        return response.status_code == 200 or to_log_in
