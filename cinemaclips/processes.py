"""The server and the worker as processes: they end with their parent, and together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20  # seconds to finish a request or a mail
type Process = "subprocess.Popen[bytes]"


def end_with_parent() -> None:
    """On Linux: be asked to end when the parent is killed, so that nothing holds the port behind it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_answer(host: str, port: int, server: Process) -> bool:
    """Whether the server takes connections before it ends."""
    while server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


def wait_for_any(processes: Sequence[Process]) -> Process:
    """The first of `processes` to end."""
    while True:
        for process in processes:
            if process.poll() is not None:
                return process
        time.sleep(0.2)


def stop_all(processes: Sequence[Process]) -> None:
    """Ask all to end, wait as long as a request may take, then insist."""
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
