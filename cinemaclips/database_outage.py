"""
Answers while the database cannot be used: readers get saved pages, senders get back what they typed.

`is_outage` tells an outage from a mistake in our code. The view for status 500 asks it, so that an outage is
met in whatever layer it shows. After a failed read the process leaves the database alone for `PAUSE` seconds:
readers are answered at once, and one request then tries again.
"""

import re
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DataError, IntegrityError, NotSupportedError, ProgrammingError, connection
from django.db.utils import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from cinemaclips.saved_pages import SavedPage, find_saved_page

PAUSE = 2.0  # seconds
RETRY_AFTER = "30"  # seconds
MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
PASSWORD = re.compile("password", re.I)  # the name of a field that is not given back
MACHINE_MADE = re.compile(r"\S{24,}")  # a value that nobody has typed, such as a stamp
MAIN = re.compile(rb"<main\b[^>]*>")


@dataclass
class Pause:
    """Until when this process does not ask the database, by the monotonic clock."""

    until: float = 0.0

    def begin(self) -> None:
        self.until = time.monotonic() + PAUSE

    def lets_pass(self) -> bool:
        """Whether a request may ask the database. The first one after a pause may, the others wait for it."""
        if time.monotonic() < self.until:
            return False
        if self.until:
            self.begin()
        return True

    def end(self) -> None:
        self.until = 0.0


pause = Pause()


def is_outage(error: BaseException | None) -> bool:
    """Whether `error` says that the database cannot be used, and not that a statement is wrong."""
    return isinstance(error, (DatabaseError, InterfaceError)) and not isinstance(error, MISTAKES)


def respond_to_outage(request: HttpRequest) -> HttpResponse:
    """
    The answer to a request that the database has failed. No query.

    A reader gets the saved copy of the page, with its time. Whoever has sent a form gets status 503 and
    the form's words to send again. Everybody else gets status 503.
    """
    if not connection.in_atomic_block:
        connection.close()  # the next request opens the file or asks the server anew
    is_read = request.method in ("GET", "HEAD")
    if is_read:
        pause.begin()
    saved = find_saved_page(request) if is_read and settings.SAVED_PAGES else None
    response = _respond_with_copy(saved) if saved else _respond_unavailable(request)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _respond_with_copy(page: SavedPage) -> HttpResponse:
    age = timezone.now() - page.rendered_at
    response = HttpResponse(_with_note(page), headers=page.headers)
    response.headers["Age"] = str(int(age.total_seconds()))
    response.headers["X-Served"] = "saved copy"
    return response


def _with_note(page: SavedPage) -> bytes:
    """The body of a copy; an HTML page says at its top of what time it is."""
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return page.body
    return MAIN.sub(lambda main: main[0] + _note(page.rendered_at), page.body, count=1)


def _note(rendered_at: datetime) -> bytes:
    time_of_copy = timezone.localtime(rendered_at).strftime("%-d %B %Y, %H:%M %Z")
    return (
        '<div class="wrap"><p class="notice" role="status">You are reading a copy of this page from '
        f"{time_of_copy}. Something behind it is being repaired.</p></div>"
    ).encode()


def _respond_unavailable(request: HttpRequest) -> HttpResponse:
    context = {
        "site_url": settings.SITE_URL,
        "action": request.get_full_path(),
        "sent": _sent_fields(request),
    }
    # Without the request: context processors could ask the database.
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _sent_fields(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """(name, value, whether somebody typed or chose it) of the fields of a form, without passwords."""
    if request.method != "POST":
        return []
    return [
        (name, value, bool(value) and not MACHINE_MADE.fullmatch(value))
        for name, values in request.POST.lists()
        if not PASSWORD.search(name)
        for value in values
    ]
