"""Response headers that Django does not set: cross-origin isolation and the permissions policy."""

from collections.abc import Callable, MutableMapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase

ISOLATION = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class IsolationMiddleware:
    """Set the isolation headers on every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ISOLATION.items():
            response.headers.setdefault(name, value)
        return response


def add_isolation_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Set the headers on a file that WhiteNoise serves, for which the middleware after it does not run."""
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["X-Content-Type-Options"] = "nosniff"
    for name, value in ISOLATION.items():
        headers[name] = value
