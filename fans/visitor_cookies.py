"""
Who reads here, by a signed cookie that an owner of a confirmed address got by pressing a button.

And which browser it is, by another that holds a random code and nothing else, for what needs no address.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from fans import codes
from fans.models import Fan

FAN_COOKIE, FAN_SALT = "fan", "fans.recognition"
FAN_MAX_AGE = timedelta(days=180)
BROWSER_COOKIE, BROWSER_SALT = "browser", "fans.browser"
BROWSER_MAX_AGE = timedelta(days=400)


def current_fan(request):
    """The fan who reads in this browser; None if it knows nobody. One query, none without the cookie."""
    email = read_signed_cookie(request, FAN_COOKIE, FAN_SALT, FAN_MAX_AGE)
    return Fan.objects.filter(email=email).first() if email else None


def set_fan_cookie(response, email):
    """Let this browser be known as the fan with this address from now on."""
    set_signed_cookie(response, FAN_COOKIE, email, FAN_SALT, FAN_MAX_AGE)


def delete_fan_cookie(response):
    """Let this browser know nobody."""
    response.delete_cookie(FAN_COOKIE)


def read_browser_cookie(request):
    """The ID of the browser that asks; "" where it has none yet."""
    return read_signed_cookie(request, BROWSER_COOKIE, BROWSER_SALT, BROWSER_MAX_AGE)


def new_browser_id():
    """A random ID for a browser that has none."""
    return codes.random_code(26)


def set_browser_cookie(response, browser_id):
    """Let this browser be known by its ID for 400 days from now."""
    set_signed_cookie(response, BROWSER_COOKIE, browser_id, BROWSER_SALT, BROWSER_MAX_AGE)


def read_signed_cookie(request, cookie, salt, max_age):
    """What the browser says in a cookie of ours; "" where there is none, or it is forged or too old."""
    try:
        return signing.loads(request.COOKIES.get(cookie, ""), salt=salt, max_age=max_age)
    except signing.BadSignature:
        return ""


def set_signed_cookie(response, cookie, value, salt, max_age):
    """Let the browser say this from now on, signed: it can neither make it up nor change it."""
    signed = signing.dumps(value, salt=salt)
    response.set_cookie(cookie, signed, max_age=max_age, httponly=True, samesite="Lax", secure=settings.HTTPS)
