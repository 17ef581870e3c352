"""
Who reads here, by a signed cookie that an owner of a confirmed address got by pressing a button.

And which browser it is, by another that holds a random code and nothing else, for what needs no address.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from fans import codes
from fans.models import Fan

COOKIE, SALT = "fan", "fans.recognition"
REMEMBERED = timedelta(days=180)
BROWSER, BROWSER_SALT = "browser", "fans.browser"
BROWSER_REMEMBERED = timedelta(days=400)


def fan_of(request):
    """The fan who reads in this browser; None if it knows nobody. One query, none without the cookie."""
    email = said_by(request, COOKIE, SALT, REMEMBERED)
    return Fan.objects.filter(email=email).first() if email else None


def remember(response, email):
    """Let this browser be known as the fan with this address from now on."""
    keep_saying(response, COOKIE, email, SALT, REMEMBERED)


def forget(response):
    """Let this browser know nobody."""
    response.delete_cookie(COOKIE)


def browser_of(request):
    """The code of the browser that asks; "" where it has none yet."""
    return said_by(request, BROWSER, BROWSER_SALT, BROWSER_REMEMBERED)


def new_browser():
    """A code for a browser that has none."""
    return codes.drawn(26)


def remember_browser(response, code):
    """Let this browser be known by its code for 400 days from now."""
    keep_saying(response, BROWSER, code, BROWSER_SALT, BROWSER_REMEMBERED)


def said_by(request, cookie, salt, remembered):
    """What the browser says in a cookie of ours; "" where there is none, or it is forged or too old."""
    try:
        return signing.loads(request.COOKIES.get(cookie, ""), salt=salt, max_age=remembered)
    except signing.BadSignature:
        return ""


def keep_saying(response, cookie, said, salt, remembered):
    """Let the browser say this from now on, signed: it can neither make it up nor change it."""
    signed = signing.dumps(said, salt=salt)
    response.set_cookie(
        cookie, signed, max_age=remembered, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
