"""manage.py run: runs the web server and the worker until Ctrl-C, or until one of them ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any, NoReturn, cast

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cinemaclips.demo.loading import DEMO_USER
from cinemaclips.management.commands.demo import demo_login_path

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20  # seconds to finish a request or a mail


type Process = "subprocess.Popen[bytes]"


class Command(BaseCommand):
    help = "Run setup, then the server and the worker. --demo also loads the demo magazine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Load the demo magazine too.")

    def handle(self, *, demo: bool, **options: Any) -> None:
        stop_on_signals()
        check_port(settings.HOST, settings.PORT)
        try:
            call_command("setup", demo=demo, stdout=self.stdout)
            ended = self._run_until_one_ends()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
            return
        raise CommandError(
            f"{' '.join(cast(list[str], ended.args)[:4])} … ended by itself ({ended.returncode})."
        )

    def _run_until_one_ends(self) -> Process:
        """Start the server and the worker. When one ends, or at a signal, stop both. Returns that one."""
        processes: list[Process] = []
        try:
            for command in (server_command(reload=settings.DEBUG), worker_command()):
                processes.append(
                    subprocess.Popen(  # noqa: S603 - our own programs
                        command, cwd=settings.BASE_DIR, start_new_session=True, preexec_fn=end_with_parent
                    )
                )
            if wait_for_answer(settings.HOST, int(settings.PORT), processes[0]):
                self._print_urls()
            return wait_for_any(processes)
        finally:
            stop_all(processes)

    def _print_urls(self) -> None:
        lines = [
            "",
            f"  The magazine  {settings.SITE_URL}/",
            f"  The desk      {settings.SITE_URL}/desk/",
        ]
        if settings.MAILBOX:
            lines.append(f"  Its mail      {settings.SITE_URL}/mailbox/")
        if demo_login_path().exists():
            lines.append(f"  Demo log-in   {DEMO_USER} / {demo_login_path().read_text()}")
        self.stdout.write("\n".join([*lines, "", "  Ctrl-C stops it.", ""]))
        self.stdout.flush()


def stop_on_signals() -> None:
    """
    Make SIGINT and SIGTERM end this program.

    Needed for SIGINT because a shell starts a background program with SIGINT ignored, and Python then
    installs no handler of its own.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, exit_quietly)


def exit_quietly(*signal_arguments: Any) -> NoReturn:
    """The handler of SIGTERM: exits with status 0."""
    sys.exit(0)


def check_port(host: str, port: str | int) -> None:
    """Raise `CommandError` if a program already listens at this address."""
    if not str(port).isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT={port} is no port. Choose a number from 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop the other program, or "
                f"choose another port: PORT={int(port) % 65535 + 1} make run"
            ) from None


def server_command(*, reload: bool) -> list[str]:
    """The command line of gunicorn, with threads, since a request mostly waits for SQLite or the network."""
    workers = min(os.cpu_count() or 1, 4)
    return [
        *(sys.executable, "-m", "gunicorn", "cinemaclips.wsgi:application"),
        *(
            "--bind",
            f"{settings.HOST}:{settings.PORT}",
            "--workers",
            str(workers),
            "--threads",
            "4",
        ),
        *("--graceful-timeout", str(GRACE_SECONDS), "--log-level", "warning"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
        *(["--reload"] if reload else ["--preload"]),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "work"]


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
