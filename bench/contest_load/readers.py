"""Readers who send the form of the contest and press the button behind its mail's link."""

import random
import re
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from contest import entering
from contest.models import Entry
from fans.public_forms import new_stamp


class Readers:
    """A test client whose requests come each from another network, without cookies."""

    def __init__(self) -> None:
        self.client = Client(HTTP_HOST="127.0.0.1")

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        self.client.cookies.clear()
        address = ".".join(str(random.randrange(1, 255)) for _ in range(4))  # noqa: S311
        form = "application/x-www-form-urlencoded"
        return self.client.post(path, urlencode(data or {}), content_type=form, REMOTE_ADDR=address)


@cache
def browser() -> Readers:
    """The client of this process, created before the fork, since a real server is warmed up, too."""
    return Readers()


def send(email: str, region: int) -> Entry | None:
    """Send the form for this address. Returns its unconfirmed entry, or None."""
    data = {"name": "Fan", "email": email, "region": region, "of_age": "yes", "rules": "on"}
    answer = browser().post("/contest/bench/enter/", data | {"stamp": new_stamp()})
    assert answer.status_code == 302, answer.content[:300]
    return Entry.objects.unconfirmed().filter(email=email).only("pk").last()


def confirm(entry: Entry) -> str:
    """Press the button behind the mailed link. Returns the code of the receipt."""
    answer = browser().post(f"/contest/confirm/{entering.confirm_link(entry).sign()}/")
    found = re.fullmatch(r"/contest/receipts/(\w+)/", answer.headers.get("Location", ""))
    assert found, (answer.status_code, answer.content[:300])
    return found[1]
