"""A site as its owner starts it: `manage.py run --demo` in processes of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from types import SimpleNamespace

from django.conf import settings

LISTENING = re.compile(r"The magazine\s+(http://\S+)/")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Site:
    """`manage.py run --demo` in a process group of its own."""

    def __init__(
        self, folder, port=None, words=("--demo",), prepare=None, code=settings.BASE_DIR, **variables
    ):
        self.folder, self.port = folder, port or free_port()
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        environment |= {"DATA_DIR": str(folder), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"} | variables
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run", *words],
            cwd=code,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=prepare,
        )
        self.output = []

    def wait(self):
        """Wait until the site has printed its URL. Returns the seconds that took."""
        for line in self.process.stdout:
            self.output.append(line)
            if "Ctrl-C stops it" in line:
                return time.monotonic() - self.started
        raise AssertionError("".join(self.output))

    def get(self, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.headers, response.read()

    def stop(self):
        """Send Ctrl-C. Returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(40)


def copy_code(folder):
    """Copy the code of the site, without its tests, so that a test can change it."""
    left_out = shutil.ignore_patterns(".*", "tests", "bench", "docs", "var", "__pycache__", "node_modules")
    return shutil.copytree(settings.BASE_DIR, folder, ignore=left_out)


def ignore_signals():
    """Ignore signals, as a shell makes a background program do for SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def nobody_listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def run_for_the_first_time(tmp_path_factory):
    """
    What the very first run, on an empty folder, has left: ended by Ctrl-C. One for all test processes.

    It has `folder` (the data folder, with the demo in it), `output`, `seconds` until it answered, the exit
    status `ended`, `port`, and `is_free` (whether nobody listens there any more).
    """
    shared = tmp_path_factory.getbasetemp()
    shared = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "first run"
    kept = shared / "kept.json"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait_for(kept)
    else:
        site = Site(shared / "data")
        found = {"seconds": site.wait(), "output": "".join(site.output), "ended": site.stop()}
        found |= {"port": site.port, "is_free": nobody_listens(site.port)}
        kept.with_suffix(".new").write_text(json.dumps(found))
        kept.with_suffix(".new").rename(kept)
    return SimpleNamespace(folder=shared / "data", **json.loads(kept.read_text()))


def _wait_for(file):
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.2)
    raise AssertionError("The first run has failed in another test process.")
