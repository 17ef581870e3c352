"""
Upgrades and kills of a running site under load: no request may fail but those that a killed process held.

    python bench/upgrades.py --upgrades 20     each changes a view and a template, and sends SIGUSR1
    python bench/upgrades.py --kills 10     kill -9 of one server process, ten times
    python bench/upgrades.py --restarts 3     the control: the site is stopped and started; requests fail
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinemaclips.settings")
PAGES = ["/", "/reviews/", "/about/", "/feeds/rss.xml", "/no-such-page/"]
READERS = 4


def parse_arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("upgrades", "kills", "restarts"):
        words.add_argument(f"--{name}", type=int, default=0)
    return words.parse_args()


class Load:
    """Readers that ask for the pages without a pause, and count what they get."""

    def __init__(self, site: Any) -> None:
        self.site, self.answered, self.slowest = site, 0, 0.0
        self.failures: list[str] = []
        self.stopping, self.lock = threading.Event(), threading.Lock()
        self.readers = [threading.Thread(target=self._read) for _ in range(READERS)]

    def __enter__(self) -> "Load":
        for reader in self.readers:
            reader.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stopping.set()
        for reader in self.readers:
            reader.join()

    def _read(self) -> None:
        while not self.stopping.is_set():
            for path in PAGES:
                started = time.monotonic()
                failure = find_failure(self.site, path)
                with self.lock:
                    self.answered += not failure
                    self.slowest = max(self.slowest, time.monotonic() - started)
                    self.failures += [failure] if failure else []
                time.sleep(0.005)


def find_failure(site: Any, path: str) -> str:
    """What went wrong when the page was asked for, or ""."""
    try:
        site.get(path)
    except urllib.error.HTTPError as error:
        return "" if error.code == 404 else f"{path}: {error.code}"
    except OSError as error:
        return f"{path}: {error}"
    return ""


def upgrade(site: Any, number: int) -> None:
    """Change a view and a template, have them loaded, and wait until all processes show both."""
    view, template = site.code / "cinemaclips/well_known.py", site.code / "templates/404.html"
    view.write_text(view.read_text().replace("Contact:", f"# v{number}\\nContact:", 1))
    template.write_text(template.read_text().replace("<h1>", f"<h1>v{number} ", 1))
    site.process.send_signal(signal.SIGUSR1)
    in_a_row, limit = 0, time.monotonic() + 90
    while in_a_row < 20:
        shown = f"v{number}" in body(site, "/.well-known/security.txt") + body(site, "/no-such-page/")
        in_a_row = in_a_row + 1 if shown else 0
        assert time.monotonic() < limit, "The new code is not shown."
        time.sleep(0.05)


def body(site: Any, path: str) -> str:
    try:
        return site.get(path)[1].decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def kill_one(site: Any, number: int) -> None:
    """Kill -9 of one process that answers requests."""
    first = _children(site.process.pid, "gunicorn")[0]
    os.kill(_children(first, "gunicorn")[number % 2], signal.SIGKILL)
    time.sleep(3)


def _children(parent: int, words: str) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True)  # noqa: S607
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()[1:]]
    return [int(pid) for pid, ppid, command in rows if int(ppid) == parent and words in command]


def restart(site: Any, number: int) -> None:
    """Stop the site and start it again, as without any care."""
    site.stop()
    site.__init__(site.folder, site.port, words=(), code=site.code)
    _read_output(site)
    time.sleep(3)


def _read_output(site: Any) -> None:
    """Wait until the site answers, and take what it prints from then on, so that the pipe is never full."""
    site.wait()
    threading.Thread(target=lambda: [None for _ in site.process.stdout], daemon=True).start()


def measure(code: Path, data: Path, asked: argparse.Namespace) -> None:
    from tests.running_site import Site, copy_code  # Django is ready now

    first = Site(data)  # the first run loads the demo
    first.wait()
    first.stop()
    site: Any = Site(data, words=(), code=copy_code(code))
    site.code = code
    _read_output(site)
    steps: list[tuple[str, int, Callable[[Any, int], None]]] = [
        ("upgrades", asked.upgrades, upgrade),
        ("kills", asked.kills, kill_one),
        ("restarts", asked.restarts, restart),
    ]
    for name, times, step in steps:
        if not times:
            continue
        with Load(site) as load:
            for number in range(times):
                step(site, number)
        counts = f"{load.answered} answered, {len(load.failures)} failed"
        print(f"{times} {name}: {counts}, slowest {load.slowest:.2f} s")
        for failure in load.failures[:5]:
            print(f"    {failure}")
    site.stop()


if __name__ == "__main__":
    django.setup()
    folder = Path(tempfile.mkdtemp())
    try:
        measure(folder / "code", folder / "data", parse_arguments())
    finally:
        shutil.rmtree(folder)
