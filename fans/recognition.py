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
    try:
        email = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)
    except signing.BadSignature:
        return None
    return Fan.objects.filter(email=email).first()


def remember(response, email):
    """Let this browser be known as the fan with this address from now on."""
    _keep(response, COOKIE, signing.dumps(email, salt=SALT), REMEMBERED)


def forget(response):
    """Let this browser know nobody."""
    response.delete_cookie(COOKIE)


def browser_of(request):
    """The code of the browser that asks; "" where it has none yet."""
    try:
        return signing.loads(request.COOKIES.get(BROWSER, ""), salt=BROWSER_SALT, max_age=BROWSER_REMEMBERED)
    except signing.BadSignature:
        return ""


def new_browser():
    """A code for a browser that has none."""
    return codes.drawn(26)


def remember_browser(response, code):
    """Let this browser be known by its code for 400 days from now."""
    _keep(response, BROWSER, signing.dumps(code, salt=BROWSER_SALT), BROWSER_REMEMBERED)


def _keep(response, name, said, remembered):
    response.set_cookie(name, said, max_age=remembered, httponly=True, samesite="Lax", secure=settings.HTTPS)
