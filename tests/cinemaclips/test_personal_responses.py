"""A response that depends on a cookie is never cached for another reader, even if the view does not say so."""

from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.core import signing
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from cinemaclips.personal_responses import RecordedCookies
from cinemaclips.urls import urlpatterns as site_urlpatterns
from fans import visitor_cookies
from tests.factories import fan_cookie, make_staff
from tests.test_every_page import PAGES, magazine, path_of  # noqa: F401 - a fixture
from trivia import players
from trivia.models import Player

pytestmark = pytest.mark.usefixtures("page_cache_on")

EMAIL, BROWSER, NICKNAME = "first.reader@example.org", "first-reader-browser", "First Reader"
STAFF, MESSAGE, CSRF = "first-reader-at-the-desk", "Words for the first reader", "f1r5tr3ad3r" * 3
MARKERS = [EMAIL, BROWSER, NICKNAME, STAFF, MESSAGE]
MIDDLEWARE = "cinemaclips.personal_responses.PersonalResponseMiddleware"

# Views without any cache decorator. Each prints what it knows of the reader.
CONTROLS = {
    "fan": visitor_cookies.current_fan,
    "browser": visitor_cookies.read_browser_cookie,
    "player": lambda request: players.player_of(request) and players.player_of(request).nickname,
    "session": lambda request: request.user,
    "messages": lambda request: [str(message) for message in messages.get_messages(request)],
    "csrf": get_token,
    "unsigned": lambda request: sorted(request.COOKIES.items()),
    "counted": lambda request: len(request.COOKIES),
    "nothing": lambda request: "everybody",
}
urlpatterns = site_urlpatterns + [
    path(f"control/{name}/", lambda request, name=name: HttpResponse(f"{CONTROLS[name](request)}"))
    for name in CONTROLS
]


@pytest.fixture
def control_views(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def first_reader(db):
    """A browser with all our cookies except the session, with which the page cache is not used."""
    client = Client()
    client.cookies[visitor_cookies.FAN_COOKIE] = fan_cookie(EMAIL)
    player = Player.objects.create(nickname=NICKNAME)
    client.cookies["csrftoken"] = CSRF[:32]
    for cookie, value, salt in [
        (visitor_cookies.BROWSER_COOKIE, BROWSER, visitor_cookies.BROWSER_SALT),
        (players.COOKIE, player.code, players.SALT),
    ]:
        client.cookies[cookie] = signing.dumps(value, salt=salt)
    return client


def signed_in(client):
    """The same browser, logged in at the desk as well, with a message that waits to be shown there."""
    staff = make_staff()
    staff.username = STAFF
    staff.save()
    client.force_login(staff)
    message = messages.storage.base.Message(messages.INFO, MESSAGE)
    session = client.session
    session["_messages"] = SessionStorage(SimpleNamespace(session=session)).serialize_messages([message])
    session.save()
    return client


def check_keeps_nothing(client, url, page_cache):
    """
    Request `url` as the reader and then as a stranger, and assert that the stranger sees nothing personal.

    Nor may the page cache contain it. Returns whether the reader's own page names the reader.
    """
    own = client.get(url).getvalue().decode(errors="replace")
    values = [morsel.value for morsel in client.cookies.values() if len(morsel.value) > 8]
    stranger = Client().get(url).getvalue().decode(errors="replace")
    cached = b"".join(page_cache._cache.values())
    for marker in [*MARKERS, *values]:
        assert marker not in stranger
        assert marker.encode() not in cached
    return any(marker in own for marker in MARKERS)


@pytest.mark.timeout(400)  # it requests every URL four times
def test_no_url_caches_what_it_read_from_a_cookie(subtests, magazine, first_reader, page_cache_on):  # noqa: F811
    named = set()
    for sign_in in (lambda client: client, signed_in):
        client = sign_in(first_reader)
        for pattern in PAGES:
            with subtests.test(pattern):
                url = path_of(pattern, magazine)
                if check_keeps_nothing(client, url, page_cache_on):
                    named.add(pattern)
    assert "my-data/" in named  # control: a page that names the reader is recognised


@pytest.mark.parametrize("name", CONTROLS)
def test_a_view_without_decorators_is_not_cached_after_reading_a_cookie(
    name, first_reader, page_cache_on, control_views
):
    client = signed_in(first_reader) if name in ("session", "messages") else first_reader
    url = f"/control/{name}/"
    response = client.get(url)
    is_personal = name != "nothing"

    assert ("private" in response.headers.get("Cache-Control", "")) == is_personal
    assert ("Cookie" in response.headers.get("Vary", "")) == is_personal
    assert bool(page_cache_on._cache) != is_personal
    assert (Client().get(url).content == response.content) != is_personal


@pytest.mark.parametrize("name", ["fan", "browser", "player", "unsigned"])
def test_without_the_middleware_a_stranger_gets_the_personal_page(
    name, first_reader, page_cache_on, control_views, settings
):
    """Negative control: without the middleware, the personal page is cached."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != MIDDLEWARE]
    url = f"/control/{name}/"
    response = first_reader.get(url)

    assert any(marker.encode() in response.content for marker in [*MARKERS, "csrftoken"])
    assert Client().get(url).content == response.content


def test_a_view_that_says_private_is_not_marked_again(first_reader):
    assert first_reader.get("/contest/did-i-win/").headers["Cache-Control"].count("private") <= 1


def test_recorded_cookies_behave_like_the_cookies():
    recorded = RecordedCookies({"a": "1"})
    assert not recorded.were_read
    assert "b" not in recorded and recorded.were_read
    assert dict(recorded) == {"a": "1"} and recorded.get("a") == "1" and len(recorded) == 1
