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
    """On Linux, have the kernel end this process when its parent dies, so that the port becomes free."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_answer(host: str, port: int, server: Process) -> bool:
    """Wait until the server accepts connections (True) or has ended (False)."""
    while server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


def wait_for_any(processes: Sequence[Process]) -> Process:
    """Wait until one of `processes` ends. Returns it."""
    while True:
        for process in processes:
            if process.poll() is not None:
                return process
        time.sleep(0.2)


def stop_all(processes: Sequence[Process]) -> None:
    """Terminate all `processes`; kill those that have not ended after `GRACE_SECONDS`."""
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
