"""
Compares every public page of the demo magazine, byte for byte, before and after a change of the code.

    python bench/compare_pages.py record FILE          run in each of two checkouts
    python bench/compare_pages.py compare BEFORE AFTER [RENAMED]

`record` loads the demo into a temporary folder, follows every link from the front page, the feeds and the
sitemaps, and writes status, headers and body of each response. The time is fixed and random numbers are
seeded, so that two recordings of the same code are equal. RENAMED is a file with lines "old new", for CSS
classes and names of form fields that were renamed on purpose.
"""

import difflib
import json
import os
import random
import re
import secrets
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urljoin, urlsplit

STARTS = ["/", "/sitemap.xml", "/feeds/", "/feeds/feed.json", "/robots.txt", "/search/?q=dark", "/nowhere/"]
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|url="([^"]+)"')
PICTURE = re.compile(r"/(static|media)/|\.(webp|avif|jpg|png|zip)$")
# Parts that differ in each run, or that depend on a file which is compared by itself.
NOISE = [
    (re.compile(r"\.[0-9a-f]{12}\.(css|js|woff2|svg|png)"), r".HASH.\1"),
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+'), r"\1TOKEN"),
    (re.compile(r'(name="[^"]*" value=")[\w.-]*:[\w-]{6,}:[\w-]{40,}'), r"\1SIGNED"),
]
MOST = 5_000
NOW = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
type Answer = dict[str, Any]  # status, headers and body


def stand_still() -> None:
    """Fix the time and seed all random numbers, before Django is set up."""
    chance = random.Random(1)  # noqa: S311 - must be the same every time

    def token_bytes(size: int | None = None) -> bytes:
        return chance.randbytes(size or 32)

    os.urandom = token_bytes
    mock.patch.multiple(
        secrets, token_bytes=token_bytes, choice=chance.choice, randbelow=chance.randrange
    ).start()
    random.seed(1)
    time.time = NOW.timestamp
    from django.utils import feedgenerator, timezone  # noqa: PLC0415 - after the time is fixed

    timezone.now = lambda: NOW
    dated = feedgenerator.SyndicationFeed.latest_post_date
    mock.patch.object(
        feedgenerator.SyndicationFeed, "latest_post_date", lambda feed: dated(feed) if feed.items else NOW
    ).start()


def prepare() -> None:
    """Create a data folder with the demo magazine in it."""
    os.environ.update(DATA_DIR=tempfile.mkdtemp(prefix="pages-"), SECRET_KEY="compared", PYTHONHASHSEED="0")  # noqa: S106
    os.environ["DJANGO_SETTINGS_MODULE"] = "cinemaclips.settings"
    sys.path.insert(0, os.getcwd())
    stand_still()
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("setup", demo=True)


def record(path: str) -> None:
    """Write the responses of all public pages to the file `path`, as JSON by URL."""
    prepare()
    from django.test import Client  # noqa: PLC0415

    answers: dict[str, Answer] = {}
    queue = deque(STARTS)
    while queue and len(answers) < MOST:
        url = queue.popleft()
        if url in answers:
            continue
        response = Client(headers={"host": "127.0.0.1:8000"}).get(url)
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace")
        headers = {name: value for name, value in response.headers.items() if name != "Server-Timing"}
        answers[url] = {"status": response.status_code, "headers": headers, "body": text}
        queue.extend(links(url, text, response.headers.get("Location", "")))
    Path(path).write_text(json.dumps(answers, indent=0, sort_keys=True))
    print(f"{len(answers)} answers recorded in {path}")


def links(url: str, text: str, location: str) -> Iterator[str]:
    """The paths on this site that a page leads to."""
    found = [next(filter(None, match)) for match in LINK.findall(text)] + ([location] if location else [])
    for link in found:
        parts = urlsplit(urljoin(f"http://127.0.0.1:8000{url}", link.replace("&amp;", "&")))
        own = parts.netloc == "127.0.0.1:8000" and not parts.path.startswith("/desk/")
        if own and not PICTURE.search(parts.path) and "&" not in parts.query:  # one filter at a time
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def plain(text: str, renamed: Iterable[list[str]] = ()) -> str:
    """A body without the parts that differ in each run, and with old names replaced by new ones."""
    for pattern, instead in NOISE:
        text = pattern.sub(instead, text)
    for attribute in ("class", "name", "id", "for", "aria-describedby"):
        for old, new in renamed:
            text = re.sub(
                rf'(\b{attribute}="[^"]*?(?<![\w-])(?:id_)?){re.escape(old)}(?![\w-])', rf"\g<1>{new}", text
            )
    return text


def compare(before: str, after: str, renamed: str | None = None) -> int:
    """Print each difference. Returns the number of URLs whose responses differ."""
    old, new = (json.loads(Path(each).read_text()) for each in (before, after))
    pairs = [line.split() for line in Path(renamed).read_text().splitlines()] if renamed else []
    differ = 0
    for url in sorted(old.keys() | new.keys()):
        if url not in old or url not in new:
            print(f"{'-' if url in old else '+'} {url}")
            differ += 1
            continue
        differ += differences(url, old[url], new[url], pairs)
    print(f"{len(old)} before, {len(new)} after, {differ} differ")
    return differ


def differences(url: str, old: Answer, new: Answer, renamed: Iterable[list[str]]) -> int:
    """Print how two responses differ. Returns 1 if they do, else 0."""
    left = [str(old["status"]), *header_lines(old), *plain(old["body"], renamed).splitlines()]
    right = [str(new["status"]), *header_lines(new), *plain(new["body"]).splitlines()]
    if left == right:
        return 0
    print(f"\n== {url}")
    for line in list(difflib.unified_diff(left, right, lineterm="", n=0))[2:14]:
        print(line[:300])
    return 1


def header_lines(answer: Answer) -> list[str]:
    """The headers of a response, without those that only follow from its body."""
    own = {"Content-Length", "ETag"}
    return [f"{name}: {value}" for name, value in sorted(answer["headers"].items()) if name not in own]


if __name__ == "__main__":
    if sys.argv[1] == "record":
        if os.environ.get("PYTHONHASHSEED") != "0":
            os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})  # noqa: S606
        record(sys.argv[2])
    else:
        sys.exit(bool(compare(*sys.argv[2:])))
