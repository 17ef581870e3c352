"""
Marks a response private if its view has read anything about one reader, so that no view can forget to.

The middleware is the last one, next to the view. It replaces `request.COOKIES` by a mapping that records
whether it was read. If the view has read a cookie, the session or the CSRF token, the response gets
`Cache-Control: private`, and neither `cinemaclips.page_cache` nor a proxy keeps it.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

IS_PRIVATE = re.compile(r"\b(private|no-store)\b", re.I)


class RecordedCookies(Mapping[str, str]):
    """The request's cookies, read-only. `were_read` is True after the first access to them."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        self._cookies = cookies
        self.were_read = False

    def __getitem__(self, name: str) -> str:
        self.were_read = True
        return self._cookies[name]

    def __iter__(self) -> Iterator[str]:
        self.were_read = True
        return iter(self._cookies)

    def __len__(self) -> int:
        self.were_read = True
        return len(self._cookies)


class PersonalResponseMiddleware:
    """
    Mark a response private if the view has read a cookie, the session or the CSRF token.

    This must be the last middleware: those before it read cookies of every request, whatever the view does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        recorded = RecordedCookies(request.COOKIES)
        request.COOKIES = recorded  # type: ignore[assignment] # the stubs want a dict; ours is read-only
        response = self.get_response(request)
        if recorded.were_read or _session_or_token_was_used(request):
            _mark_private(response)
        return response


def _session_or_token_was_used(request: HttpRequest) -> bool:
    """Whether the view has read the session (`request.user` does, too) or the CSRF token."""
    return request.session.accessed or request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)


def _mark_private(response: HttpResponseBase) -> None:
    """Add `Cache-Control: private` and `Vary: Cookie`, unless the view has set `private` or `no-store`."""
    if not IS_PRIVATE.search(response.headers.get("Cache-Control", "")):
        patch_cache_control(response, private=True)
        patch_vary_headers(response, ["Cookie"])
