"""
Two signed cookies: the key of the fan's session in this browser, and the ID of the browser.

A session begins when the button behind a mailed link is pressed for the first time, and ends on the server
(`fans.models.fan_sessions`). The browser cookie contains a random code and nothing else, for actions that
need no e-mail address.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from fans import codes, signing
from fans.models import Fan, FanSession
from fans.models.fan_sessions import SESSION_AGE
from fans.signed_cookies import read_signed_cookie, set_signed_cookie

FAN_COOKIE, FAN_SALT = f"{settings.COOKIE_PREFIX}fan", "fans.recognition"
BROWSER_COOKIE, BROWSER_SALT = f"{settings.COOKIE_PREFIX}browser", "fans.browser"
BROWSER_MAX_AGE = timedelta(days=400)
FAN_PURPOSE = signing.register(FAN_SALT, SESSION_AGE)
BROWSER_PURPOSE = signing.register(BROWSER_SALT, BROWSER_MAX_AGE)


def current_session(request: HttpRequest) -> FanSession | None:
    """The session of the fan who uses this browser, or None. One query; none without the cookie."""
    key = read_signed_cookie(request, FAN_COOKIE, FAN_PURPOSE)
    if not key:
        return None
    return FanSession.objects.valid(timezone.now()).select_related("fan").filter(key=key).first()


def current_fan(request: HttpRequest) -> Fan | None:
    """The fan who uses this browser, or None. One query; none without the cookie."""
    session = current_session(request)
    return session.fan if session else None


def start_session(response: HttpResponseBase, email: str, mailed_at: datetime, now: datetime) -> None:
    """Recognise this browser as the fan with this address, who has just pressed the button behind a mail."""
    Fan.objects.confirm(email, now)
    fan = Fan.objects.get(email=email)
    session = FanSession.objects.create(fan=fan, mailed_at=mailed_at, started_at=now)
    set_signed_cookie(response, FAN_COOKIE, session.key, FAN_PURPOSE)


def end_session(request: HttpRequest, response: HttpResponseBase) -> None:
    """Log the fan out of this browser. Its cookie is worth nothing from now on, whoever has a copy."""
    FanSession.objects.filter(key=read_signed_cookie(request, FAN_COOKIE, FAN_PURPOSE)).delete()
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
