"""Cookies that a browser can neither make up nor change."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fans import signing
from fans.signing import SigningPurpose


def read_signed_cookie(request: HttpRequest, cookie: str, purpose: SigningPurpose) -> str:
    """The value of a signed cookie; "" if there is none, or if it is forged or too old."""
    try:
        return purpose.read(request.COOKIES.get(cookie, ""))
    except signing.BadSignature:
        return ""


def set_signed_cookie(response: HttpResponseBase, cookie: str, value: str, purpose: SigningPurpose) -> None:
    """Set a cookie with a signed value, which lasts as long as the purpose's `max_age`."""
    response.set_cookie(
        cookie,
        purpose.sign(value),
        max_age=purpose.max_age,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
