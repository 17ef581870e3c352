"""
How often somebody may try to sign in: by account, by network, and on the whole site.

A try is counted before the password is compared, because each comparison takes a tenth of a second of the
processor. A browser in which somebody has signed in before has limits of its own, so a stranger who guesses
cannot lock the owner of the account out.
"""

import unicodedata
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fans import codes, signing
from fans.client_networks import client_network
from fans.limits import record_hit
from fans.signed_cookies import read_signed_cookie, set_signed_cookie

KNOWN_COOKIE = f"{settings.COOKIE_PREFIX}signed-in-before"
KNOWN_PURPOSE = signing.register("cinemaclips.signed_in_before", timedelta(days=400))


class Limit(NamedTuple):
    """At most `tries` in each window of time."""

    name: str
    tries: int
    window: timedelta


ACCOUNT = Limit("account", 10, timedelta(minutes=15))
KNOWN_BROWSER = Limit("known browser", 20, timedelta(minutes=15))
NETWORK = Limit("network", 30, timedelta(hours=1))
SITE = Limit("site", 200, timedelta(minutes=15))


def exceeded_limit(request: HttpRequest, username: str) -> tuple[Limit, bool] | None:
    """
    Count one try. Returns the limit that it exceeds, and whether it is the first to exceed it; else None.
    """
    account = _account(username)
    known = known_browser(request)
    if known and known.account == account:
        counted = [(KNOWN_BROWSER, f"{account} {known.code}")]
    else:
        counted = [(NETWORK, client_network(request)), (ACCOUNT, account), (SITE, "all")]
    for limit, visitor in counted:
        hits = record_hit(f"sign-in {limit.name}", visitor, limit.window)
        if hits > limit.tries:
            return limit, hits == limit.tries + 1
    return None


class KnownBrowser(NamedTuple):
    """A browser in which somebody has signed in to this account."""

    account: str
    code: str


def known_browser(request: HttpRequest) -> KnownBrowser | None:
    """The account of the last sign-in in this browser, with the browser's code; None if there was none."""
    value = read_signed_cookie(request, KNOWN_COOKIE, KNOWN_PURPOSE)
    code, _, account = value.partition(" ")
    return KnownBrowser(account, code) if value else None


def remember_browser(response: HttpResponseBase, username: str) -> None:
    """Recognise this browser the next time, after a sign-in to this account."""
    value = f"{codes.random_code(26)} {_account(username)}"
    set_signed_cookie(response, KNOWN_COOKIE, value, KNOWN_PURPOSE)


def is_known(request: HttpRequest, username: str) -> bool:
    """Whether somebody has signed in to this account in this browser before."""
    known = known_browser(request)
    return known is not None and known.account == _account(username)


def _account(username: str) -> str:
    """One spelling of a user name, so that no other spelling has a limit of its own."""
    return unicodedata.normalize("NFKC", username).casefold().strip()[:150]
