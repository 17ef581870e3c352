"""
Two signed cookies: that of the fan who uses this browser, and the ID of the browser.

The fan cookie contains a confirmed e-mail address. It is set when the button behind a mailed link is pressed.
The browser cookie contains a random code and nothing else, for actions that need no e-mail address.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fans import codes, signing
from fans.models import Fan
from fans.signed_cookies import read_signed_cookie, set_signed_cookie

FAN_COOKIE, FAN_SALT = "fan", "fans.recognition"
FAN_MAX_AGE = timedelta(days=180)
BROWSER_COOKIE, BROWSER_SALT = "browser", "fans.browser"
BROWSER_MAX_AGE = timedelta(days=400)
FAN_PURPOSE = signing.register(FAN_SALT, FAN_MAX_AGE)
BROWSER_PURPOSE = signing.register(BROWSER_SALT, BROWSER_MAX_AGE)


def current_fan(request: HttpRequest) -> Fan | None:
    """The fan who uses this browser, or None. One query; none without the cookie."""
    email = read_signed_cookie(request, FAN_COOKIE, FAN_PURPOSE)
    return Fan.objects.filter(email=email).first() if email else None


def set_fan_cookie(response: HttpResponseBase, email: str) -> None:
    """Recognise this browser as the fan with this address, for 180 days from now."""
    set_signed_cookie(response, FAN_COOKIE, email, FAN_PURPOSE)


def delete_fan_cookie(response: HttpResponseBase) -> None:
    """Log the fan out of this browser."""
    response.delete_cookie(FAN_COOKIE)


def read_browser_cookie(request: HttpRequest) -> str:
    """The ID of the browser that sent this request; "" if it has none yet."""
    return read_signed_cookie(request, BROWSER_COOKIE, BROWSER_PURPOSE)


def new_browser_id() -> str:
    """A random ID for a browser that has none."""
    return codes.random_code(26)


def set_browser_cookie(response: HttpResponseBase, browser_id: str) -> None:
    """Recognise this browser by its ID, for 400 days from now."""
    set_signed_cookie(response, BROWSER_COOKIE, browser_id, BROWSER_PURPOSE)
