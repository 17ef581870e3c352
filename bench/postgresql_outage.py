"""
What readers and senders get while the PostgreSQL server is away, or another session holds a lock.

    python bench/postgresql_outage.py [URL]

Runs the demo magazine on a database of its own at URL (default: 127.0.0.1:5432), behind a proxy that is then
stopped and started again, and prints status, seconds and whether a saved copy was sent.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from typing import NamedTuple

import psycopg

PAGES = ["/", "/reviews/", "/reviews/metropolis/", "/films/metropolis-1927/", "/feeds/rss.xml"]
LETTER = {"topic": "links", "text": "The cat is missing.", "name": "Ana Moss"}
PORT, DATABASE = 8765, "bench_outage"
PAUSE = 2.2  # seconds; longer than a server process leaves the database alone


class Proxy:
    """Forwards connections to the database server; while it is stopped, the server is away."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.port = target, 0
        self.open: list[socket.socket] = []
        self.start()

    def start(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def stop(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for each in self.open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(self.target)
                self.open += [client, server]
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=self._forward, args=pair, daemon=True).start()

    def _forward(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class Answer(NamedTuple):
    """The answer to one request, and how long it took."""

    status: int
    is_copy: bool
    seconds: float
    has_words: bool


def ask(path: str, data: dict[str, str] | None = None) -> Answer:
    body = urllib.parse.urlencode(data).encode() if data else None
    began = time.monotonic()
    try:
        response = urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", body, timeout=30)  # noqa: S310 - our own
    except urllib.error.HTTPError as error:
        response = error
    page = response.read().decode(errors="replace")
    seconds = time.monotonic() - began
    is_copy = response.headers["X-Served"] == "saved copy"
    return Answer(response.status, is_copy, seconds, LETTER["text"] in page)


def show(title: str, rounds: int) -> None:
    answers = [ask(path) for _ in range(rounds) for path in PAGES]
    statuses = sorted({answer.status for answer in answers})
    copies = sum(answer.is_copy for answer in answers)
    slowest = max(answer.seconds for answer in answers)
    print(f"{title:24} {len(answers)} reads: {statuses}, {copies} copies, slowest {slowest:.3f} s")
    sent = ask("/about/contact/", LETTER)
    given_back = sent.has_words if sent.status == 503 else "-"
    print(f"{'':24} a form: {sent.status} in {sent.seconds:.3f} s, words given back: {given_back}")


def wait_for_site(log: str) -> None:
    while "Ctrl-C stops it" not in open(log).read():  # noqa: SIM115 - read once
        time.sleep(0.2)


def try_outages(proxy: Proxy, url: str) -> None:
    show("PostgreSQL there", 2)
    proxy.stop()
    ask("/")
    show("PostgreSQL stopped", 20)
    proxy.start()
    time.sleep(PAUSE)
    show("PostgreSQL back", 2)
    with psycopg.connect(f"{url.rpartition('/')[0]}/{DATABASE}") as other:
        other.execute("LOCK TABLE about_letter IN ACCESS EXCLUSIVE MODE")
        show("a lock on the letters", 2)


def main(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        server.execute(f"CREATE DATABASE {DATABASE}")
        parts = urllib.parse.urlsplit(url)
        proxy = Proxy((parts.hostname or "127.0.0.1", parts.port or 5432))
        login = parts.netloc.rpartition("@")[0]
        through = f"postgresql://{login}@127.0.0.1:{proxy.port}/{DATABASE}"
        folder = tempfile.mkdtemp(prefix="outage-")
        environment = os.environ | {"DATABASE_URL": through, "DATA_DIR": folder, "PORT": str(PORT)}
        with open(f"{folder}/log", "w") as log:
            command = [sys.executable, "manage.py", "run", "--demo"]
            site = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own program
        wait_for_site(f"{folder}/log")
        try_outages(proxy, url)
        site.terminate()
        site.wait(60)
        server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["postgresql://postgres@127.0.0.1:5432/postgres"]))
