"""Headers that Django does not send: who may use our answers, and what a page may ask of a browser."""

ISOLATION = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class IsolationMiddleware:
    """Set the isolation headers on every answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in ISOLATION.items():
            response.headers.setdefault(name, value)
        return response


def add_isolation_headers(headers, path, url):
    """The same for files that whitenoise serves, which no middleware sees."""
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["X-Content-Type-Options"] = "nosniff"
    for name, value in ISOLATION.items():
        headers[name] = value
