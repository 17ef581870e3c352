"""
Keeps the last good copy of each public page on disk, for the time when the database cannot be read.

All server processes share the copies, which lie under `settings.SAVED_PAGES`. A copy is an answer that any
reader got. It is not sent any more after something was taken from readers (a withdrawal, counted by triggers
and noted in the file `withdrawals` beside the copies), nor after the rights to a photo on it have ended.
"""

import hashlib
import json
import logging
import os
import re
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, cast

from django.conf import settings
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from photos.models import Photo

log = logging.getLogger(__name__)
PHOTO_URL = re.compile(rb"/photos/(\d+)/")
# URLs with a query share so many places, since their number has no limit.
PLACES_WITH_QUERY = 4_096
SECONDS_BETWEEN_REPORTS = 60
_last_noted = 0  # by this process
_reported_at: dict[str, float] = {}  # by the monotonic clock
KEPT_HEADERS = ("Content-Type", "Content-Language", "X-Robots-Tag")


class SavedPage(NamedTuple):
    """A copy: the URL, the time of its rendering, the withdrawals until then, when rights end, the answer."""

    url: str
    rendered_at: datetime
    withdrawals: int
    rights_until: datetime | None
    headers: dict[str, str]
    body: bytes

    def may_be_sent(self, url: str, now: datetime) -> bool:
        """Whether it is the page of `url`, and still shows nothing that readers may not see."""
        has_rights = self.rights_until is None or now < self.rights_until
        return self.url == url and has_rights and self.withdrawals >= _noted_withdrawals()


def save_page(request: HttpRequest, response: HttpResponse, withdrawals: int) -> None:
    """
    Write the copy of a page that was rendered just now; one query if it shows photos.

    A disk that cannot be written costs readers nothing: the copy is left out, and the log says so.
    """
    page = SavedPage(
        url=_url(request),
        rendered_at=timezone.now(),
        withdrawals=withdrawals,
        rights_until=_end_of_rights(response.content),
        headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        body=response.content,
    )
    head = page._replace(body=b"")._asdict() | {"body": None}
    try:
        _write(_path(page.url), json.dumps(head, default=str).encode() + b"\n" + page.body)
    except OSError as error:
        _report("A page could not be saved for an outage of the database", error)


def find_saved_page(request: HttpRequest) -> SavedPage | None:
    """The copy of the page that is asked for, if there is one and it may be sent now. No query."""
    url = _url(request)
    try:
        head, _, body = _path(url).read_bytes().partition(b"\n")
        fields = json.loads(head) | {"body": body}
    except (OSError, ValueError):  # there is none, or the disk has spoiled it
        return None
    for name in ("rendered_at", "rights_until"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    page = SavedPage(**fields)
    return page if page.may_be_sent(url, timezone.now()) else None


def note_withdrawals(number: int) -> None:
    """Note the number of withdrawals for all processes. Copies from before are not sent any more."""
    global _last_noted  # noqa: PLW0603 - spares most requests the look at the file
    if number <= _last_noted:
        return
    try:
        _write(_withdrawals_path(), str(number).encode())
    except OSError as error:
        _report("Saved pages could not be withdrawn", error)
    else:
        _last_noted = number


def _report(what: str, error: OSError) -> None:
    """Log that the disk has failed, once a minute at most: a full disk fails with every page."""
    now = time.monotonic()
    if now - _reported_at.get(what, -SECONDS_BETWEEN_REPORTS) >= SECONDS_BETWEEN_REPORTS:
        _reported_at[what] = now
        log.error("%s: %s", what, error.strerror)


def _noted_withdrawals() -> int:
    try:
        return int(_withdrawals_path().read_text())
    except (OSError, ValueError):
        return 0


def _withdrawals_path() -> Path:
    return _folder() / "withdrawals"


def _folder() -> Path:
    return Path(cast(Path, settings.SAVED_PAGES))


def _url(request: HttpRequest) -> str:
    return f"{request.get_host()}{request.get_full_path()}"


def _path(url: str) -> Path:
    """The file of a URL's copy. Its first line is the head, as JSON; the body follows."""
    digest = hashlib.sha256(url.encode()).hexdigest()
    if "?" in url:
        return Path(_folder(), "query", f"{int(digest, 16) % PLACES_WITH_QUERY:03x}")
    return Path(_folder(), digest[:2], digest[2:])


def _end_of_rights(body: bytes) -> datetime | None:
    """When the rights to the first of the photos in `body` end; None if they do not."""
    photos = {int(pk) for pk in PHOTO_URL.findall(body)}
    if not photos:
        return None
    return Photo.objects.filter(pk__in=photos).aggregate(first=Min("usable_until"))["first"]


def _write(path: Path, content: bytes) -> None:
    """Write a file so that a reader of it sees either the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
