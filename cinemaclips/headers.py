"""The security headers of every response: those that Django knows, and cross-origin isolation."""

from collections.abc import MutableMapping

from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils.csp import CSP

SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
CSP_REPORT_PATH = "/csp-reports/"
# No inline script or style, and nothing from other hosts.
READERS_CSP = {
    "default-src": [CSP.NONE],
    **dict.fromkeys(
        ["script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "form-action"],
        [CSP.SELF],
    ),
    **dict.fromkeys(["frame-ancestors", "base-uri", "object-src"], [CSP.NONE]),
    # No script makes markup or scripts from text: the browser refuses it.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],
    "report-uri": [CSP_REPORT_PATH],
    "report-to": ["csp"],
}
REPORTING_ENDPOINTS = f'csp="{CSP_REPORT_PATH}"'


class SecurityHeadersMiddleware(SecurityMiddleware):
    """
    Set the security headers on every response.

    It is the first middleware, so that it also sees what the others answer by themselves: the redirect to
    https, the answer 400 to a host that is not ours, a static file. The redirect itself is made by Django's
    own `SecurityMiddleware`, which comes later.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Let every request pass."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if "report-to" in response.headers.get("Content-Security-Policy", ""):
            response.headers["Reporting-Endpoints"] = REPORTING_ENDPOINTS
        return response


def add_file_policy(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Set the content security policy of a file that WhiteNoise serves: it may load nothing."""
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
