"""The server and the worker as processes: started again when they die, and ended with their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20  # seconds to finish a request or a mail
type Process = "subprocess.Popen[bytes]"


def end_with_parent() -> None:
    """On Linux, have the kernel end this process when its parent dies, so that the port becomes free."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_answer(host: str, port: int, server: Process) -> bool:
    """Wait until the server has loaded the code and answers (True), or has ended (False)."""
    while server.poll() is None:
        asking = HTTPConnection(host, port, timeout=10)
        try:
            asking.request("GET", "/healthz")
            return asking.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            asking.close()
    return False


class RestartedProcess:
    """
    A program that is started again whenever it ends by itself.

    The first new start comes after `FIRST_WAIT` seconds, each further one after twice as long, up to
    `LONGEST_WAIT`. Once it has run for `STEADY` seconds, the waits begin anew.
    """

    FIRST_WAIT, LONGEST_WAIT, STEADY = 1.0, 60.0, 60.0  # seconds

    def __init__(self, name: str, command: Sequence[str], folder: Path) -> None:
        self.name, self.command, self.folder = name, command, folder
        self.wait, self.starts_at = self.FIRST_WAIT, 0.0
        self.process = self._start(time.monotonic())

    def check(self, now: float) -> str:
        """Note that it has ended, or start it again when that is due. Returns a sentence to report, or ""."""
        if self.process.poll() is None:
            return ""
        if self.starts_at:
            if now >= self.starts_at:
                self.process = self._start(now)
            return ""
        if now - self.started_at >= self.STEADY:
            self.wait = self.FIRST_WAIT
        self.starts_at = now + self.wait
        wait, self.wait = self.wait, min(self.wait * 2, self.LONGEST_WAIT)
        return (
            f"The {self.name} ended by itself ({self.process.returncode}). It starts again in {wait:.0f} s."
        )

    def restart(self) -> None:
        """End it, once it has finished what it does, and start it at once."""
        stop_all([self.process])
        self.process = self._start(time.monotonic())

    def _start(self, now: float) -> Process:
        self.started_at, self.starts_at = now, 0.0
        return subprocess.Popen(  # noqa: S603 - our own programs
            self.command, cwd=self.folder, start_new_session=True, preexec_fn=end_with_parent
        )


def keep_running[Programs: Sequence[RestartedProcess]](
    programs: Programs,
    report: Callable[[str], object],
    reload: threading.Event,
    load_new_code: Callable[[Programs], object],
) -> NoReturn:
    """
    Start each of `programs` again when it has died, and `report` it, until a signal ends this.

    When `reload` is set, it is cleared and `load_new_code` is called.
    """
    while True:
        if reload.is_set():
            reload.clear()
            load_new_code(programs)
        for program in programs:
            if sentence := program.check(time.monotonic()):
                report(sentence)
        time.sleep(0.2)


def stop_all(processes: Iterable[Process]) -> None:
    """Terminate all `processes`; kill those that have not ended after `GRACE_SECONDS`."""
    processes = list(processes)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS + 5
    for process in processes:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
